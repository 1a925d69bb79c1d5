/** Who is let in, and what each of them gets to see. */
import { exports } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { file, formBody, formRequest, text } from "../support/multipart.ts";
import { jpeg } from "../support/pictures.ts";
import {
  anotherAddress,
  callsSeen,
  ended,
  freshSandbox,
  get,
  keysInBucket,
  postForm,
  postJson,
  remove,
  started,
  statusOf,
  usualSettings,
  withKey,
  withSettings,
} from "../support/sandboxed-service.ts";

const picture = file("reference_image1", jpeg({ width: 64, height: 48 }));

beforeEach(freshSandbox);
afterEach(usualSettings);

function ask(path: string, init: RequestInit = {}): Promise<Response> {
  return exports.default.fetch(new Request(new URL(path, "http://localhost"), init));
}

const someTask = "0".repeat(32);
const closed: readonly (readonly [string, string])[] = [
  ["POST", "/veo31/generate"],
  ["POST", "/veo31/generate-from-urls"],
  ["POST", "/veo31/estimate"],
  ["GET", `/veo31/status/${someTask}`],
  ["GET", `/veo31/status/${someTask}/events`],
  ["POST", `/veo31/tasks/${someTask}/approve`],
  ["POST", `/veo31/tasks/${someTask}/cancel`],
  ["DELETE", `/veo31/tasks/${someTask}`],
];

describe("with keys", () => {
  beforeEach(() => withSettings({ API_KEYS: "shop:shop-key,studio:studio-key,unnamed-key" }));

  describe.each(closed)("%s %s", (method, path) => {
    test.each([
      undefined,
      "Bearer wrong-key",
      "Bearer shop:shop-key",
      "Bearer shop",
      "Bearer",
      "shop-key",
      "Basic c2hvcDpzaG9wLWtleQ==",
    ])("is refused with %s", async (authorization) => {
      const headers = { ...anotherAddress(), ...(authorization && { Authorization: authorization }) };
      const response = await ask(path, { method, headers });
      expect(response.status).toBe(401);
      expect(response.headers.get("WWW-Authenticate")).toMatch(/^Bearer /);
      expect(await response.json()).toMatchObject({ code: "unauthorized", status: 401 });
    });
  });

  test("a form without a key stores nothing", async () => {
    expect((await postForm([picture])).status).toBe(401);
    expect(await keysInBucket()).toEqual([]);
    expect(await callsSeen()).toEqual([]);
  });

  test("what a page needs before it has a key is open, and says that one is needed", async () => {
    expect(await (await get("/veo31/capabilities")).json()).toMatchObject({ api_key_required: true });
    expect(await (await get("/health")).json()).toMatchObject({ ok: true, configured: { API_KEYS: true } });
  });

  test("a task belongs to the key that made it: for another it is not there, and cannot be touched", async () => {
    withKey("shop-key");
    const { task_id } = await started(await postForm([picture, text("review", "true")]));
    for (const other of ["studio-key", "unnamed-key"]) {
      withKey(other);
      for (
        const response of [
          await get(`/veo31/status/${task_id}`),
          await get(`/veo31/status/${task_id}/events`),
          await postJson(`/veo31/tasks/${task_id}/approve`),
          await postJson(`/veo31/tasks/${task_id}/cancel`),
          await remove(task_id),
        ]
      ) {
        expect(response.status).toBe(404);
        expect(await response.json()).toMatchObject({ code: "not_found" });
      }
    }
    withKey("shop-key");
    expect((await statusOf(task_id)).status).toBe("queued");
    expect((await remove(task_id)).status).toBe(204);
  });

  test("a key without a name has tasks of its own", async () => {
    withKey("unnamed-key");
    const { task_id } = await started(await postForm([picture]));
    expect((await ended(task_id)).status).toBe("succeeded");
  });

  test("a renewed key of the same name has the tasks of the old one, which opens nothing any more", async () => {
    withKey("shop-key");
    const { task_id } = await started(await postForm([picture]));
    withSettings({ API_KEYS: "shop:renewed-key,studio:studio-key" });
    expect((await get(`/veo31/status/${task_id}`, anotherAddress())).status).toBe(401);
    withKey("renewed-key");
    expect((await statusOf(task_id)).task_id).toBe(task_id);
  });

  test("the links of a task's files need no key", async () => {
    withKey("shop-key");
    const { task_id } = await started(await postForm([picture]));
    const { links, references } = await ended(task_id);
    withKey(null);
    expect((await get(links.video ?? "")).status).toBe(200);
    expect((await get(references.images[0]?.url ?? "")).status).toBe(200);
    withKey("shop-key");
    await remove(task_id);
    withKey(null);
    expect((await get(links.video ?? "")).status).toBe(404);
  });

  test("a list of keys that cannot be used locks everybody out, and says which setting it is", async () => {
    withSettings({ API_KEYS: "shop:shop-key,broken key" });
    withKey("shop-key");
    const response = await postForm([picture]);
    expect(response.status).toBe(503);
    const body = await response.text();
    expect(body).toContain("API_KEYS");
    expect(body).not.toContain("shop-key");
  });

  test("a request that comes too often is told to wait, and what it may", async () => {
    withSettings({ API_KEYS: "busy:busy-key" });
    withKey("busy-key");
    const responses = await untilRefused(100, () => get(`/veo31/status/${someTask}`));
    const [first] = responses;
    expect(first?.headers.get("RateLimit-Policy")).toBe('"requests";q=100;w=10');
    expect(first?.headers.get("RateLimit")).toMatch(/^"requests";r=99;t=\d+$/);
    const last = responses.at(-1);
    expect(last?.status).toBe(429);
    expect(last?.headers.get("Retry-After")).toBe("10");
    expect(last?.headers.get("RateLimit")).toMatch(/^"requests";r=0;t=\d+$/);
    expect(await last?.json()).toMatchObject({ code: "rate_limited" });
  });

  test("starts are counted besides, before anything of them is read", async () => {
    withSettings({ API_KEYS: "hasty:hasty-key" });
    withKey("hasty-key");
    const [first, ...others] = await untilRefused(30, () => postForm([text("nothing", "useful")]));
    expect(first?.headers.get("RateLimit-Policy")).toBe('"requests";q=100;w=10, "starts";q=30;w=60');
    expect(others.map(({ status }) => status).slice(0, 29)).toEqual(new Array<number>(29).fill(422));
  });

  test("links cannot be tried out one after the other, while those that lead somewhere are not counted", async () => {
    withKey("shop-key");
    const { task_id } = await started(await postForm([picture]));
    const { links } = await ended(task_id);
    const from = anotherAddress();
    const statusOfLink = async (path: string) => (await ask(path, { headers: from })).status;
    for (let times = 0; times < 40; times++) expect(await statusOfLink(links.video ?? "")).toBe(200);
    const tried = await untilRefused(30, (times) => {
      return ask(`/veo31/media/${times.toString(16).padStart(32, "0")}/video.mp4`, { headers: from });
    });
    expect(tried.map(({ status }) => status).slice(0, 30)).toEqual(new Array<number>(30).fill(404));
  });

  test("keys cannot be guessed one after the other", async () => {
    const guesses = await untilRefused(30, (times) => {
      // Whoever has one of these addresses has them all.
      const headers = { "CF-Connecting-IP": `2001:db8:ffff:1::${times}`, Authorization: `Bearer guess-${times}` };
      return ask(`/veo31/status/${someTask}`, { headers });
    });
    expect(guesses.map(({ status }) => status).slice(0, 30)).toEqual(new Array<number>(30).fill(401));
  });
});

describe("without keys", () => {
  const elsewhere = ["http://veo31.example", "http://192.168.0.7:8787", "http://localhost.example"];

  test.each(elsewhere)("a deployment with keys of upstreams does not answer at %s, and says why", async (origin) => {
    withSettings({ SANDBOX: "false" });
    for (const [method, path] of [...closed, ["GET", "/veo31/capabilities"] as const]) {
      const response = await ask(`${origin}${path}`, { method });
      expect(response.status).toBe(503);
      const problem = await response.json<{ code: string; detail: string }>();
      expect(problem.code).toBe("not_configured");
      expect(problem.detail).toContain("API_KEYS");
    }
    expect(await (await ask(`${origin}/health`)).json()).toMatchObject({ missing: ["API_KEYS"] });
  });

  test.each(["http://localhost:8787", "http://127.0.0.1:8787", "http://[::1]:8787"])(
    "it answers at %s",
    async (origin) => {
      withSettings({ SANDBOX: "false" });
      expect((await ask(`${origin}/veo31/capabilities`)).status).toBe(200);
      expect((await ask(`${origin}/veo31/estimate`, { method: "POST", body: new URLSearchParams() })).status).toBe(200);
      expect(await (await ask(`${origin}/health`)).json()).toMatchObject({ missing: [] });
    },
  );

  test.each(["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP"])(
    "it does not answer what a tunnel passes on, which says so by %s",
    async (name) => {
      withSettings({ SANDBOX: "false" });
      const response = await ask("http://localhost:8787/veo31/capabilities", { headers: { [name]: "203.0.113.9" } });
      expect(response.status).toBe(503);
    },
  );

  test("a deployment that is told to be a sandbox beside a real upstream is none", async () => {
    withSettings({ OPENAI_BASE_URL: "https://api.openai.com/v1" });
    expect((await ask("https://veo31.example/veo31/capabilities")).status).toBe(503);
    expect(await (await ask("https://veo31.example/health")).json()).toMatchObject({ sandbox: false });
  });

  test("it does not answer another machine that calls it localhost", async () => {
    withSettings({ SANDBOX: "false" });
    const headers = { "CF-Connecting-IP": "192.168.0.9" };
    expect((await ask("http://localhost:8787/veo31/capabilities", { headers })).status).toBe(503);
  });

  test("a deployment that holds no keys of upstreams answers everywhere, because it can spend nothing", async () => {
    const none = { GEMINI_API_KEY: "", OPENAI_API_KEY: "", VERTEX_SERVICE_ACCOUNT: "" };
    withSettings({ SANDBOX: "false", ...none });
    expect((await ask("https://veo31.example/veo31/capabilities")).status).toBe(200);
  });

  describe("a page of another site", () => {
    const form = () => formRequest(formBody([picture]));

    test.each(["https://evil.example", "null", "http://localhost:9999"])("from %s starts nothing", async (origin) => {
      const request = form();
      request.headers.set("Origin", origin);
      const response = await exports.default.fetch(request);
      expect(response.status).toBe(403);
      expect(await response.json()).toMatchObject({ code: "cross_site_refused" });
      expect(await keysInBucket()).toEqual([]);
    });

    test.each([{ Origin: "http://localhost" }, { Origin: "https://tunnel.example", "Sec-Fetch-Site": "same-origin" }])(
      "is not what sends %j",
      async (headers) => {
        const request = form();
        for (const [name, value] of Object.entries(headers)) request.headers.set(name, value);
        await started(await exports.default.fetch(request));
      },
    );

    test.each(["cross-site", "same-site"])(
      "starts nothing when the browser says %s, with or without its origin",
      async (site) => {
        for (const headers of [{}, { Origin: "https://evil.example" }]) {
          const request = form();
          for (const [name, value] of Object.entries({ ...headers, "Sec-Fetch-Site": site })) {
            request.headers.set(
              name,
              value,
            );
          }
          expect((await exports.default.fetch(request)).status).toBe(403);
        }
      },
    );

    test("may, when CORS_ORIGINS names it", async () => {
      withSettings({ CORS_ORIGINS: "https://shop.example" });
      const request = form();
      request.headers.set("Origin", "https://shop.example");
      await started(await exports.default.fetch(request));
    });

    test("may not merely because everybody may read", async () => {
      withSettings({ CORS_ORIGINS: "*" });
      const request = form();
      request.headers.set("Origin", "https://evil.example");
      expect((await exports.default.fetch(request)).status).toBe(403);
    });
  });
});

describe("pages of other sites", () => {
  const from = (origin: string) => ({ Origin: origin });

  test("read nothing unless CORS_ORIGINS names them", async () => {
    for (const path of ["/veo31/capabilities", "/health", `/veo31/status/${someTask}`]) {
      const response = await get(path, from("https://shop.example"));
      expect(response.headers.get("Access-Control-Allow-Origin")).toBeNull();
    }
    const preflight = await ask("/veo31/generate", { method: "OPTIONS", headers: from("https://shop.example") });
    expect(preflight.headers.get("Access-Control-Allow-Origin")).toBeNull();
  });

  test("may, when it does: also refusals, and the question before a request needs no key", async () => {
    withSettings({ CORS_ORIGINS: "https://shop.example", API_KEYS: "shop:shop-key" });
    const preflight = await ask("/veo31/generate", {
      method: "OPTIONS",
      headers: {
        ...from("https://shop.example"),
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization",
      },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get("Access-Control-Allow-Origin")).toBe("https://shop.example");
    expect(preflight.headers.get("Access-Control-Allow-Headers")).toBe("authorization");
    const refusal = await get(`/veo31/status/${someTask}`, from("https://shop.example"));
    expect(refusal.status).toBe(401);
    expect(refusal.headers.get("Access-Control-Allow-Origin")).toBe("https://shop.example");
    const other = await get(`/veo31/status/${someTask}`, from("https://evil.example"));
    expect(other.headers.get("Access-Control-Allow-Origin")).toBeNull();
  });
});

test("every answer says that nothing in it is to be run, framed or guessed at", async () => {
  const { task_id } = await started(await postForm([picture]));
  const { links } = await ended(task_id);
  for (const path of ["/health", "/veo31/capabilities", "/veo31/nothing", links.self, links.video ?? ""]) {
    const { headers } = await get(path);
    expect(headers.get("X-Content-Type-Options")).toBe("nosniff");
    expect(headers.get("Referrer-Policy")).toBe("no-referrer");
    expect(headers.get("Content-Security-Policy")).toBe("default-src 'none'; frame-ancestors 'none'; base-uri 'none'");
  }
});

/**
 * Sends until it is refused, which is after the quota of a window, or of two: the binding counts by the machine's clock,
 * and its window may end in the middle.
 *
 * @param send is told how many were sent before
 * @returns all answers; the last one is the refusal
 */
async function untilRefused(quota: number, send: (times: number) => Promise<Response>): Promise<Response[]> {
  const responses: Response[] = [];
  for (let times = 0; times <= 2 * quota; times++) {
    const response = await send(times);
    responses.push(response);
    if (response.status === 429) break;
  }
  expect(responses.at(-1)?.status).toBe(429);
  expect(responses.length).toBeGreaterThan(quota);
  return responses;
}
