import { describe, expect, test, vi } from "vitest";
import type { Fetch } from "../../src/upstream/fetch.ts";
import { NotSentError } from "../../src/upstream/send-stream.ts";
import { createGeminiVeo } from "../../src/veo/gemini.ts";
import { attachmentOf, countingBytes } from "../support/attachments.ts";
import { type Answer, jsonAnswer, recordedFetch } from "../support/recorded-fetch.ts";
import { answerOf, asFixture, requestOf } from "./fixtures/fixture.ts";
import done from "./fixtures/gemini/done.json";
import retired from "./fixtures/gemini/error-404-retired.json";
import extension from "./fixtures/gemini/extension-request.json";
import filteredFlat from "./fixtures/gemini/filtered-flat.json";
import filteredNested from "./fixtures/gemini/filtered-nested.json";
import modelDescription from "./fixtures/gemini/model.json";
import operationError from "./fixtures/gemini/operation-error.json";
import pending from "./fixtures/gemini/pending.json";
import started from "./fixtures/gemini/started.json";
import submit from "./fixtures/gemini/submit-request.json";

const baseUrl = "https://veo.example";
const operation = { name: "models/veo-3.1-generate-preview/operations/op1" };
const path = "/v1beta/files/f1:download?alt=media";
/** As the API gives it. */
const file = { uri: baseUrl + path };
/** As it is kept: what is stored names no upstream. */
const kept = { uri: path };
const veo = (fetch: Fetch) => createGeminiVeo({ apiKey: "secret-key", baseUrl, fetch });

const clip = {
  model: "veo-3.1-generate-preview",
  prompt: "A slow orbit around the ring.",
  aspectRatio: "9:16",
  resolution: "1080p",
  source: {
    kind: "references",
    pictures: [attachmentOf(countingBytes(10)), attachmentOf(countingBytes(11), { contentType: "image/png" })],
    seconds: 8,
    motion: null,
  },
} as const;

describe("asking for a clip", () => {
  test("sends the documented body, with the pictures in base64, and the key in the header", async () => {
    const { fetch, requests } = recordedFetch(jsonAnswer(operation));
    expect(await veo(fetch).start(clip)).toEqual({ ok: true, value: operation });
    const [request] = requests;
    expect(request?.url).toBe(`${baseUrl}/v1beta/models/veo-3.1-generate-preview:predictLongRunning`);
    expect(request?.headers.get("x-goog-api-key")).toBe("secret-key");
    expect(JSON.parse(request?.body ?? "")).toEqual({
      instances: [{
        prompt: "A slow orbit around the ring.",
        referenceImages: [
          {
            image: { bytesBase64Encoded: countingBytes(10).toBase64(), mimeType: "image/jpeg" },
            referenceType: "asset",
          },
          {
            image: { bytesBase64Encoded: countingBytes(11).toBase64(), mimeType: "image/png" },
            referenceType: "asset",
          },
        ],
      }],
      parameters: { aspectRatio: "9:16", resolution: "1080p", durationSeconds: 8, personGeneration: "allow_adult" },
    });
  });

  test("to be continued names the file as the API did, and sends no pictures with it", async () => {
    const { fetch, requests } = recordedFetch(jsonAnswer(operation));
    const extension = { ...clip, resolution: "720p", source: { kind: "clip", file: kept, seconds: 7 } } as const;
    expect(await veo(fetch).start(extension)).toEqual({ ok: true, value: operation });
    expect(JSON.parse(requests[0]?.body ?? "")).toEqual({
      instances: [{ prompt: "A slow orbit around the ring.", video: file }],
      parameters: { aspectRatio: "9:16", resolution: "720p", durationSeconds: 8 },
    });
  });

  test("to be continued is not repeated when its answer was lost", async () => {
    const { fetch } = recordedFetch(new TypeError("Network connection lost."));
    const started = await veo(fetch).start({ ...clip, resolution: "720p", source: { kind: "clip", file, seconds: 7 } });
    expect(started).toMatchObject({ ok: false, fault: { kind: "interrupted" } });
  });

  test.each([
    ["a success that is not JSON", new Response("<html>"), "malformed"],
    ["a success without an operation", jsonAnswer({}), "malformed"],
    ["an operation whose name is a path elsewhere", jsonAnswer({ name: "models/../files/x" }), "malformed"],
    ["a lost answer", new TypeError("Network connection lost."), "interrupted"],
    ["a request that did not get out", new NotSentError("cut"), "unreachable"],
    ["a failure that may have come after the work was taken", jsonAnswer({}, { status: 500 }), "interrupted"],
    ["a failure of the gateway", jsonAnswer({}, { status: 504 }), "interrupted"],
    [
      "the upstream's own word that it is overloaded",
      jsonAnswer({ error: { code: 503 } }, { status: 503 }),
      "unavailable",
    ],
    [
      "a gateway's word that its upstream is gone",
      new Response("reset before headers", { status: 503 }),
      "interrupted",
    ],
    [
      "a gateway's JSON that says so",
      jsonAnswer({ error: { message: "overloaded", code: "503" } }, { status: 503 }),
      "interrupted",
    ],
    [
      "an error of the server that speaks of a limit",
      jsonAnswer({ error: { code: "rate_limit_exceeded" } }, { status: 502 }),
      "interrupted",
    ],
    ["a retired model", jsonAnswer({ error: { code: 404, status: "NOT_FOUND" } }, { status: 404 }), "not_found"],
    ["a wrong request", jsonAnswer({ error: { code: 400 } }, { status: 400 }), "invalid_request"],
    ["a full minute", jsonAnswer({ error: { code: 429 } }, { status: 429 }), "rate_limited"],
  ])("takes %s for what it is", async (_, answer, kind) => {
    const started = await veo(recordedFetch(answer).fetch).start(clip);
    expect(started).toMatchObject({ ok: false, fault: { kind } });
  });
});

describe("looking for a clip", () => {
  const look = (answer: Response | Error) => veo(recordedFetch(answer).fetch).status(operation);
  const done = (response: unknown) => jsonAnswer({ ...operation, done: true, response });

  test("reads the operation by its name", async () => {
    const { fetch, requests } = recordedFetch(jsonAnswer(operation));
    expect(await veo(fetch).status(operation)).toEqual({ ok: true, value: { state: "pending" } });
    expect(requests[0]?.url).toBe(`${baseUrl}/v1beta/${operation.name}`);
  });

  test("finds the finished clip's address", async () => {
    const status = await look(done({ generateVideoResponse: { generatedSamples: [{ video: file }] } }));
    expect(status).toEqual({ ok: true, value: { state: "completed", file: kept } });
  });

  test.each([
    ["with nulls for what is not there", { generateVideoResponse: null, raiMediaFilteredCount: null }],
    ["nested", {
      generateVideoResponse: { raiMediaFilteredCount: 1, raiMediaFilteredReasons: ["Audio was blocked."] },
    }],
    ["flat", { raiMediaFilteredCount: 1, raiMediaFilteredReasons: ["The video was blocked."] }],
    ["without any reason", {}],
    ["with an empty list", { generateVideoResponse: { generatedSamples: [] } }],
    ["with a count that is text", { raiMediaFilteredCount: "1" }],
    ["with a reason that is none", { raiMediaFilteredReasons: [null] }],
  ])("takes done without a sample for filtered, %s", async (_, response) => {
    expect(await look(done(response))).toMatchObject({ ok: true, value: { state: "filtered", what: "output" } });
  });

  test.each([{}, { code: 0 }, { code: "0" }, { code: 13 }])(
    "takes a clip that is there, in spite of an error %j",
    async (error) => {
      const response = { generateVideoResponse: { generatedSamples: [{ video: file }] } };
      const answer = jsonAnswer({ done: true, error, response });
      expect(await look(answer)).toEqual({ ok: true, value: { state: "completed", file: kept } });
    },
  );

  test.each([
    { generateVideoResponse: { generatedSamples: [null, { video: file }] } },
    { generateVideoResponse: { generatedSamples: [file] } },
  ])("reads the address out of %j", async (response) => {
    expect(await look(done(response))).toEqual({ ok: true, value: { state: "completed", file: kept } });
    const asText = jsonAnswer({ name: "x", done: "true", response });
    expect(await look(asText)).toEqual({ ok: true, value: { state: "completed", file: kept } });
  });

  test("does not take a clip in a form that it cannot read for one that was withheld", async () => {
    const response = { generateVideoResponse: { generatedSamples: [{ encodedVideo: "AAAA" }] } };
    expect(await look(done(response))).toMatchObject({ ok: false, fault: { kind: "malformed" } });
  });

  test("finds an operation by whatever name a gateway gave it", async () => {
    const { fetch, requests } = recordedFetch(jsonAnswer({ name: "/jobs/a:b=c@d~e" }), jsonAnswer({ name: "x" }));
    const started = await veo(fetch).start(clip);
    if (!started.ok) throw new Error(started.fault.note);
    await veo(fetch).status(started.value);
    expect(requests[1]?.url).toBe(`${baseUrl}/v1beta/jobs/a%3Ab%3Dc%40d~e`);
  });

  test("does not say that nothing was charged when Veo gives no reason", async () => {
    expect(await look(done({}))).toMatchObject({ ok: true, value: { charged: "unknown" } });
    expect(await look(done({ raiMediaFilteredCount: 1 }))).toMatchObject({ ok: true, value: { charged: "no" } });
  });

  test("tells a declined prompt from a withheld clip", async () => {
    const response = {
      generateVideoResponse: { raiMediaFilteredReasons: ["The input prompt violates our usage guidelines."] },
    };
    expect(await look(done(response))).toMatchObject({ ok: true, value: { state: "filtered", what: "prompt" } });
  });

  test("tells an operation that failed from a look that failed", async () => {
    const failed = jsonAnswer({ ...operation, done: true, error: { code: 13, message: "internal" } });
    expect(await look(failed)).toMatchObject({ ok: true, value: { state: "failed", retryable: true } });
    expect(await look(jsonAnswer({}, { status: 500 }))).toMatchObject({ ok: false, fault: { kind: "unavailable" } });
  });
});

test.each([[3, false], [7, false], [8, true], [13, true], [14, true]])(
  "an operation that failed with code %i may do better the next time: %s",
  async (code, retryable) => {
    const answer = jsonAnswer({ ...operation, done: true, error: { code } });
    const look = await veo(recordedFetch(answer).fetch).status(operation);
    expect(look).toMatchObject({ ok: true, value: { state: "failed", retryable } });
  },
);

describe("fetching a clip", () => {
  const redirectTo = (location: string) => new Response(null, { status: 302, headers: { Location: location } });

  test("opens its bytes with the key, and tells the announced length", async () => {
    const { fetch, requests } = recordedFetch(new Response("bytes", { headers: { "Content-Length": "5" } }));
    const opened = await veo(fetch).open(kept);
    expect(opened).toMatchObject({ ok: true, value: { bytes: 5 } });
    if (opened.ok) expect(await new Response(opened.value.body).text()).toBe("bytes");
    expect(requests[0]?.headers.get("x-goog-api-key")).toBe("secret-key");
  });

  test("does not take the key along to another host, and back home only with it", async () => {
    const { fetch, requests } = recordedFetch(
      redirectTo("https://storage.example/clip"),
      redirectTo(`${baseUrl}/again`),
      new Response("bytes"),
    );
    expect(await veo(fetch).open(file)).toMatchObject({ ok: true });
    expect(requests.map(({ url, headers }) => [new URL(url).host, headers.has("x-goog-api-key")])).toEqual([
      ["veo.example", true],
      ["storage.example", false],
      ["veo.example", true],
    ]);
  });

  test("does not send the key to an address on another host in the first place", async () => {
    const { fetch, requests } = recordedFetch(new Response("bytes"));
    await veo(fetch).open({ uri: "https://elsewhere.example/clip" });
    expect(requests[0]?.headers.has("x-goog-api-key")).toBe(false);
  });

  test("asks the configured gateway for a clip that Google keeps, since Google does not know the gateway's key", async () => {
    const { fetch, requests } = recordedFetch(new Response("bytes"));
    const gateway = createGeminiVeo({ apiKey: "secret-key", baseUrl: "https://gateway.example/google", fetch });
    const uri = "https://generativelanguage.googleapis.com/v1beta/files/f1:download?alt=media";
    expect(await gateway.open({ uri })).toMatchObject({ ok: true });
    expect(requests[0]?.url).toBe("https://gateway.example/google/v1beta/files/f1:download?alt=media");
    expect(requests[0]?.headers.get("x-goog-api-key")).toBe("secret-key");
  });

  test("gives up redirects without end, and addresses of another kind", async () => {
    const { fetch, requests } = recordedFetch(...Array.from({ length: 10 }, () => redirectTo(file.uri)));
    expect(await veo(fetch).open(file)).toMatchObject({ ok: false, fault: { kind: "malformed" } });
    expect(requests.length).toBe(4);
    const toFile = recordedFetch(redirectTo("file:///etc/passwd"));
    expect(await veo(toFile.fetch).open(file)).toMatchObject({ ok: false, fault: { kind: "malformed" } });
  });

  test.each(["http://169.254.169.254/latest", "http://10.0.0.7/clip", "http://[::1]/clip", "http://intranet/clip"])(
    "of the open internet does not lead into a private network: %s",
    async (inside) => {
      const { fetch, requests } = recordedFetch(redirectTo(inside));
      expect(await veo(fetch).open(kept)).toMatchObject({ ok: false, fault: { kind: "malformed" } });
      expect(await veo(fetch).open({ uri: inside })).toMatchObject({ ok: false, fault: { kind: "malformed" } });
      expect(requests.length).toBe(1);
    },
  );

  test.each([[404], [503], [302]])("is not held up by a %i whose body never ends", async (status) => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const endless: Fetch = (_, init) => {
      const body = new ReadableStream({
        start: (controller) => init?.signal?.addEventListener("abort", () => controller.error(init.signal?.reason)),
      });
      return Promise.resolve(new Response(body, { status }));
    };
    const opening = veo(endless).open(file);
    while (vi.getTimerCount() === 0) await Promise.resolve();
    await vi.advanceTimersByTimeAsync(30_000);
    expect(await opening).toMatchObject({ ok: false });
    vi.useRealTimers();
  });

  test("tells an expired file", async () => {
    const gone = recordedFetch(jsonAnswer({ error: { code: 404 } }, { status: 404 }));
    expect(await veo(gone.fetch).open(file)).toMatchObject({ ok: false, fault: { kind: "not_found" } });
  });
});

describe("on the wire", () => {
  const uri = "https://generativelanguage.googleapis.com/v1beta/files/3v9b2m7c1x0a:download?alt=media";

  test("a clip is asked for, and continued, as documented", async () => {
    const { fetch, requests } = recordedFetch(answerOf(started), answerOf(started), answerOf(retired));
    const continued = {
      ...clip,
      prompt: "The orbit goes on.",
      resolution: "720p",
      source: { kind: "clip", file: { uri }, seconds: 7 },
    } as const;
    expect(await veo(fetch).start(clip)).toEqual({ ok: true, value: started.body });
    expect(await veo(fetch).start(continued)).toEqual({ ok: true, value: started.body });
    expect(await veo(fetch).start(clip)).toMatchObject({ ok: false, fault: { kind: "not_found" } });
    expect(asFixture(requests[0], baseUrl, submit)).toEqual(requestOf(submit));
    expect(asFixture(requests[1], baseUrl, extension)).toEqual(requestOf(extension));
  });

  test.each([
    ["pending", pending, { state: "pending" }],
    ["done", done, { state: "completed", file: { uri } }],
    ["filtered, nested", filteredNested, { state: "filtered", what: "output", subject: "audio", charged: "no" }],
    ["filtered, flat", filteredFlat, { state: "filtered", what: "prompt", subject: null, charged: "no" }],
    ["an error", operationError, { state: "failed", retryable: true }],
  ])("an operation is read: %s", async (_, answer, status) => {
    const look = await veo(recordedFetch(answerOf(answer)).fetch).status(started.body);
    expect(look).toMatchObject({ ok: true, value: status });
  });
});

describe("asking whether a model is there", () => {
  test("reads its description with the key", async () => {
    const { fetch, requests } = recordedFetch(answerOf(modelDescription));
    expect(await veo(fetch).probe("veo-3.1-generate-preview")).toEqual({ ok: true, value: null });
    expect(requests[0]).toMatchObject({ method: "GET", url: `${baseUrl}/v1beta/models/veo-3.1-generate-preview` });
    expect(requests[0]?.headers.get("x-goog-api-key")).toBe("secret-key");
  });

  test.each<[string, Answer, string]>([
    ["Google's own word", answerOf(retired), "not_found"],
    ["a 404 of Google's form that names no model", jsonAnswer({ error: { code: 404 } }, { status: 404 }), "malformed"],
    ["a gateway's page", new Response("<html>", { status: 404 }), "malformed"],
    ["a gateway's list", jsonAnswer({ models: [] }), "malformed"],
    ["a redirect", new Response(null, { status: 302, headers: { Location: "https://x.example" } }), "malformed"],
    ["a lost answer", new TypeError("Network connection lost."), "interrupted"],
  ])("takes %s for what it is", async (_, answer, kind) => {
    const probed = await veo(recordedFetch(answer).fetch).probe("veo-3.1-generate-preview");
    expect(probed).toMatchObject({ ok: false, fault: { kind } });
  });
});
