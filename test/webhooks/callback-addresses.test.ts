/** Which `callback_url` is taken, and how another one is refused: by name, before anything is fetched or kept. */
import { exports } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { file, text } from "../support/multipart.ts";
import { jpeg } from "../support/pictures.ts";
import {
  callsSeen,
  freshSandbox,
  get,
  keysInBucket,
  postForm,
  postJson,
  postUrls,
  started,
  usualSettings,
  withSettings,
} from "../support/sandboxed-service.ts";
import { callbackUrl, receiveWebhooks } from "../support/webhook-receiver.ts";

const picture = jpeg({ width: 64, height: 48 });
const imageUrl = "https://pictures.example/ring.jpg";

/** Made where it is asked for: workerd lets no other request have it. */
const servePicture = () => Promise.resolve(new Response(picture, { headers: { "Content-Type": "image/jpeg" } }));

beforeEach(freshSandbox);
afterEach(usualSettings);

const ways = [
  {
    name: "files",
    start: (...urls: string[]) =>
      postForm([file("reference_image1", picture), ...urls.map((url) => text("callback_url", url))]),
  },
  {
    name: "addresses",
    start: (...urls: string[]) =>
      postFields([["reference_image_urls", imageUrl], ...urls.map((url) => ["callback_url", url] as const)]),
  },
] as const;

/** As a form, because JSON cannot have a field twice. */
async function postFields(fields: readonly (readonly [string, string])[]): Promise<Response> {
  const body = new URLSearchParams(fields.map(([name, value]) => [name, value]));
  return await exports.default.fetch(
    new Request("http://localhost/veo31/generate-from-urls", { method: "POST", body }),
  );
}

async function refused(response: Response, code: string, status: number, field = "callback_url") {
  expect(response.status).toBe(status);
  const problem = await response.json();
  expect(problem).toMatchObject({ code, errors: [{ field }] });
  expect(await keysInBucket()).toEqual([]);
  expect(await callsSeen()).toEqual([]);
  return JSON.stringify(problem);
}

describe.each(ways)("by $name", ({ start }) => {
  test.each<[string, string]>([
    ["no address", "receiver"],
    ["only a path", "/hooks"],
    ["without TLS", "http://receiver.example/hooks"],
    ["of another scheme", "ftp://receiver.example/"],
    ["of a script", "javascript:alert(1)"],
    ["with a password", "https://me:secret@receiver.example/"],
    ["of this machine", "https://localhost/hooks"],
    ["of this machine by number", "https://127.0.0.1/hooks"],
    ["of this machine in octal", "https://0177.0.0.1/hooks"],
    ["of this machine in IPv6", "https://[::1]/hooks"],
    ["of a cloud's metadata", "https://169.254.169.254/latest/meta-data"],
    ["of a private network", "https://10.1.2.3/hooks"],
    ["of a name of one", "https://intranet.corp/hooks"],
    ["by an odd port", "https://receiver.example:22/"],
    ["that is too long", `https://receiver.example/${"a".repeat(8_200)}`],
  ])("an address that is %s is refused by name", async (_name, url) => {
    withSettings({ ALLOW_PRIVATE_URLS: "false" });
    const { received } = receiveWebhooks();
    await refused(await start(url), "invalid_input", 422);
    expect(received).toEqual([]);
  });

  test("a name that leads into a private network is refused, and no reference is fetched for it", async () => {
    withSettings({ ALLOW_PRIVATE_URLS: "false" });
    const receiver = receiveWebhooks();
    receiver.leadsTo = "192.168.1.1";
    await refused(await start(callbackUrl), "invalid_input", 422);
    expect(receiver.received).toEqual([]);
  });

  test("our own host is refused", async () => {
    await refused(await start("http://localhost/veo31/generate"), "invalid_input", 422);
  });

  test("two addresses are one too many", async () => {
    await refused(await start(callbackUrl, "https://other.example/"), "invalid_input", 422);
  });

  test("without WEBHOOK_SECRET it is refused, naming the setting, and never half done", async () => {
    withSettings({ WEBHOOK_SECRET: "" });
    const { received } = receiveWebhooks();
    expect(await refused(await start(callbackUrl), "not_configured", 503)).toContain("WEBHOOK_SECRET");
    expect(received).toEqual([]);
  });

  test("an empty one is none", async () => {
    receiveWebhooks(servePicture);
    expect((await started(await start(""))).webhook).toBeNull();
  });

  test("one that may be told is taken, and nothing is sent there before the end", async () => {
    withSettings({ ALLOW_PRIVATE_URLS: "false" });
    const { received } = receiveWebhooks(servePicture);
    expect((await started(await start(callbackUrl))).webhook).toMatchObject({ url: callbackUrl, status: "waiting" });
    expect(received.filter(({ url }) => url.startsWith("https://receiver.example"))).toEqual([]);
  });

  test("where private addresses are allowed, a receiver on this machine is taken", async () => {
    receiveWebhooks(servePicture);
    const url = "http://localhost:9999/hooks";
    expect((await started(await start(url))).webhook).toMatchObject({ url });
  });
});

test("everything wrong with a request is told at once, the address among it", async () => {
  withSettings({ ALLOW_PRIVATE_URLS: "false" });
  const response = await postUrls({
    reference_image_urls: ["https://10.0.0.1/a.jpg"],
    duration_seconds: 100,
    callback_url: "http://receiver.example/",
    callback: "no such field",
  });
  const { errors } = await response.json<{ errors: { field: string }[] }>();
  expect(errors.map(({ field }) => field).sort()).toEqual([
    "callback",
    "callback_url",
    "duration_seconds",
    "reference_image_urls[0]",
  ]);
});

describe("an estimate", () => {
  test("looks at the form of the address, asks nobody, and needs no secret", async () => {
    withSettings({ ALLOW_PRIVATE_URLS: "false", WEBHOOK_SECRET: "" });
    const { received } = receiveWebhooks();
    expect((await postJson("/veo31/estimate", { callback_url: callbackUrl })).status).toBe(200);
    const response = await postJson("/veo31/estimate", { callback_url: "http://10.0.0.1/" });
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ errors: [{ field: "callback_url" }] });
    expect(received).toEqual([]);
  });
});

describe("WEBHOOK_SECRET", () => {
  const usable = `whsec_${btoa("x".repeat(24))}`;

  test.each<[string, string]>([
    ["without its prefix", btoa("x".repeat(32))],
    ["of too few bytes", `whsec_${btoa("x".repeat(23))}`],
    ["of too many", `whsec_${btoa("x".repeat(65))}`],
    ["that is no base64", "whsec_not base64 at all, really not"],
    ["in the alphabet of addresses", `whsec_${"-_".repeat(16)}`],
    ["without its padding", `whsec_${btoa("x".repeat(25)).replaceAll("=", "")}`],
    ["beside a usable one", `${usable},whsec_`],
    ["with an empty place in the list", `${usable},,${usable}`],
    ["of another kind", "whsk_" + btoa("x".repeat(32))],
  ])("%s cannot be used, which is told by its name and not by its value", async (_name, value) => {
    withSettings({ WEBHOOK_SECRET: value });
    const response = await get("/health");
    expect(response.status).toBe(503);
    const body = await response.text();
    expect(JSON.parse(body)).toMatchObject({
      code: "not_configured",
      detail: expect.stringContaining("WEBHOOK_SECRET"),
    });
    expect(body).not.toContain(value);
  });

  test("is told by name in health and as what the deployment can do, never by its value", async () => {
    for (const [value, isSet] of [["", false], [usable, true], [` ${usable} , ${usable}`, true]] as const) {
      withSettings({ WEBHOOK_SECRET: value });
      const health = await (await get("/health")).text();
      expect(JSON.parse(health)).toMatchObject({ configured: { WEBHOOK_SECRET: isSet } });
      expect(health).not.toContain("whsec_");
      expect(await (await get("/veo31/capabilities")).json()).toMatchObject({ takes_callback: isSet });
    }
  });
});
