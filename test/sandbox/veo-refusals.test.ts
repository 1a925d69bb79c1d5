import { describe, expect, it } from "vitest";
import { animationControl, jpeg, lossyWebp, png } from "../support/pictures.ts";
import { openTestSandbox } from "../support/sandbox.ts";
import { clipRequest, highModel, liteModel, readError, reference, submitPath } from "../support/sandbox-requests.ts";

const jpegBytes = jpeg({ width: 64, height: 48 });
const image = { bytesBase64Encoded: jpegBytes.toBase64(), mimeType: "image/jpeg" };

/** What is asked, beside a request that would be taken, and the words that tell why it is not. */
const refused: [string, { instance?: object; parameters?: object; model?: string }, string][] = [
  ["a square", { parameters: { aspectRatio: "1:1" } }, "aspectRatio"],
  ["five seconds", { parameters: { durationSeconds: 5 } }, "durationSeconds"],
  ["a length as text", { parameters: { durationSeconds: "8" } }, "needs to be a number"],
  ["references with six seconds", { parameters: { durationSeconds: 6 } }, "must be 8"],
  [
    "1080p with six seconds",
    { instance: { referenceImages: undefined }, parameters: { resolution: "1080p", durationSeconds: 6 } },
    "8 seconds",
  ],
  ["a quality field", { parameters: { quality: "high" } }, "Unknown name \"quality\" at 'parameters'"],
  ["an unknown field in the instance", { instance: { style: "noir" } }, "instances[0]"],
  ["a switch for the sound", { parameters: { generateAudio: false } }, "`generateAudio` isn't supported"],
  ["two samples", { parameters: { sampleCount: 2 } }, "sampleCount"],
  [
    "four references",
    { instance: { referenceImages: Array.from({ length: 4 }, () => reference()) } },
    "between 1 and 3",
  ],
  ["a style reference", { instance: { referenceImages: [{ ...reference(), referenceType: "style" }] } }, "asset"],
  ["references beside a first frame", { instance: { image } }, "cannot be combined"],
  ["a last frame without a first", { instance: { referenceImages: undefined, lastFrame: image } }, "lastFrame"],
  ["an extension in 1080p", {
    instance: { referenceImages: undefined, video: { uri: "https://x.invalid/f" } },
    parameters: { resolution: "1080p" },
  }, "720p"],
  ["references on the lite model", { model: liteModel }, "isn't supported"],
  ["an empty prompt", { instance: { prompt: "" } }, "prompt is required"],
  ["no prompt", { instance: { prompt: undefined } }, "prompt is required"],
  ["a prompt beyond 1,024 tokens", { instance: { prompt: "word ".repeat(900) } }, "1024 tokens"],
  ["everybody with pictures", { parameters: { personGeneration: "allow_all" } }, "personGeneration"],
  ["adults only without pictures", {
    instance: { referenceImages: undefined },
    parameters: { personGeneration: "allow_adult" },
  }, "personGeneration"],
  ["inlineData", {
    instance: {
      referenceImages: [{ image: { inlineData: { mimeType: "image/png", data: "" } }, referenceType: "asset" }],
    },
  }, "`inlineData` isn't supported by this model"],
  ["a PNG that says it is a JPEG", {
    instance: { referenceImages: [reference(png({ width: 8, height: 8 }))] },
  }, "does not match its mime type"],
  ["a picture cut off", { instance: { referenceImages: [reference(jpegBytes.slice(0, -20))] } }, "Unable to process"],
  [
    "text for a picture",
    { instance: { referenceImages: [reference(new Uint8Array(300).fill(65))] } },
    "Unable to process",
  ],
  ["base64 joined from padded pieces", {
    instance: {
      referenceImages: [{ ...reference(), image: { mimeType: "image/jpeg", bytesBase64Encoded: "/9j/4A==AAAA" } }],
    },
  }, "not valid base64"],
  ["a GIF", { instance: { referenceImages: [reference(jpegBytes, "image/gif")] } }, "mime type"],
];

describe("Veo in the sandbox", () => {
  it.each(refused)("refuses %s", async (_, { instance, parameters, model }, words) => {
    const sandbox = await openTestSandbox();
    const response = await sandbox.post(submitPath(model), clipRequest(instance, parameters));
    const error = await readError(response);
    expect(error).toMatchObject({ http: 400, code: 400, status: "INVALID_ARGUMENT" });
    expect(error.message).toContain(words);
    expect(await sandbox.ledger()).toMatchObject({ accepted_submits: 0, calls: [{ call: "submit", accepted: false }] });
  });

  it.each([
    ["a landscape clip with one reference", {}, {}],
    ["a portrait clip in 1080p", {}, { aspectRatio: "9:16", resolution: "1080p", personGeneration: "allow_adult" }],
    ["three references of three kinds", {
      referenceImages: [
        reference(),
        reference(png({ width: 8, height: 8 }), "image/png"),
        reference(lossyWebp(16, 16), "image/webp"),
      ],
    }, {}],
    ["a four-second clip of words alone", { referenceImages: undefined }, { durationSeconds: 4 }],
    ["a PNG that could be animated", {
      referenceImages: [reference(png({ width: 8, height: 8 }, [animationControl(2)]), "image/png")],
    }, {}],
  ])("takes %s", async (_, instance, parameters) => {
    const sandbox = await openTestSandbox();
    const response = await sandbox.post(submitPath(), clipRequest(instance, parameters));
    expect(await response.json()).toEqual({ name: expect.stringMatching(/^models\/[\w.-]+\/operations\/\w+$/) });
    expect(await sandbox.ledger()).toMatchObject({ accepted_submits: 1 });
  });

  it("answers 501 for what the real Veo can and the sandbox cannot, 4k", async () => {
    const sandbox = await openTestSandbox();
    const error = await readError(await sandbox.post(submitPath(), clipRequest({}, { resolution: "4k" })));
    expect(error).toMatchObject({ http: 501, status: "UNIMPLEMENTED" });
  });

  it("does not know other models, and says of a retired one that it is gone", async () => {
    const sandbox = await openTestSandbox();
    const unknown = await readError(await sandbox.post(submitPath("veo-9"), clipRequest()));
    expect(unknown).toMatchObject({ http: 404, status: "NOT_FOUND" });
    await sandbox.post("/control/models", { retired: [highModel] });
    const retired = await readError(await sandbox.post(submitPath(), clipRequest()));
    expect(retired).toMatchObject({ http: 404, status: "NOT_FOUND" });
    expect(retired.message).toContain("is no longer available");
  });

  it("refuses a call without a key", async () => {
    const sandbox = await openTestSandbox();
    const response = await sandbox.fetch(submitPath(), { method: "POST", body: "{}" });
    expect(await readError(response)).toMatchObject({ http: 403, status: "PERMISSION_DENIED" });
  });

  it("refuses a body that is not JSON", async () => {
    const sandbox = await openTestSandbox();
    const response = await sandbox.fetch(submitPath(), {
      method: "POST",
      headers: { "x-goog-api-key": "key" },
      body: '{"instances": [',
    });
    expect(await readError(response)).toMatchObject({ http: 400, status: "INVALID_ARGUMENT" });
  });
});
