import { describe, expect, it } from "vitest";
import { jpeg, png } from "../support/pictures.ts";
import { openTestSandbox } from "../support/sandbox.ts";
import {
  bearer,
  clipRequest,
  readError,
  reference,
  vertexLiteModel,
  vertexModel,
  vertexPath,
  vertexRequest,
} from "../support/sandbox-requests.ts";

const image = { bytesBase64Encoded: jpeg({ width: 64, height: 48 }).toBase64(), mimeType: "image/jpeg" };
const submitPath = vertexPath("predictLongRunning");
const wordsOnly = { referenceImages: undefined };

/** What is asked, beside a request that would be taken, and the words that tell why it is not. */
const refused: [string, { instance?: object; parameters?: object; model?: string }, string][] = [
  ["a square", { parameters: { aspectRatio: "1:1" } }, "aspectRatio"],
  ["five seconds", { instance: wordsOnly, parameters: { durationSeconds: 5 } }, "[4,6,8] for feature text_to_video"],
  ["a length as text", { parameters: { durationSeconds: "8" } }, "parameters.durationSeconds"],
  ["references with six seconds", { parameters: { durationSeconds: 6 } }, "[8] for feature reference_to_video"],
  [
    "1080p with six seconds",
    { instance: wordsOnly, parameters: { resolution: "1080p", durationSeconds: 6 } },
    "8 seconds",
  ],
  ["a quality field", { parameters: { quality: "high" } }, "Unknown name \"quality\" at 'parameters'"],
  ["an unknown field beside the instances", { instance: {}, parameters: { webhookConfig: {} } }, "webhookConfig"],
  ["five samples", { parameters: { sampleCount: 5 } }, "sampleCount"],
  ["a seed of 33 bits", { parameters: { seed: 2 ** 32 } }, "parameters.seed"],
  ["a switch for the sound that is text", { parameters: { generateAudio: "false" } }, "parameters.generateAudio"],
  [
    "four references",
    { instance: { referenceImages: Array.from({ length: 4 }, () => reference()) } },
    "between 1 and 3",
  ],
  ["a style reference", { instance: { referenceImages: [{ ...reference(), referenceType: "style" }] } }, "asset"],
  ["references beside a first frame", { instance: { image } }, "cannot be combined"],
  ["references beside a video", { instance: { video: { gcsUri: "gs://sandbox/a.mp4" } } }, "cannot be combined"],
  ["a first frame beside a video", {
    instance: { ...wordsOnly, image, video: { gcsUri: "gs://sandbox/a.mp4" } },
  }, "cannot be combined"],
  ["a last frame without a first", { instance: { ...wordsOnly, lastFrame: image } }, "lastFrame"],
  ["references on the lite model", { model: vertexLiteModel }, "isn't supported"],
  ["no prompt", { instance: { prompt: undefined } }, "prompt is required"],
  ["a prompt beyond 1,024 tokens", { instance: { prompt: "word ".repeat(900) } }, "1024 tokens"],
  ["everybody", { parameters: { personGeneration: "allow_all" } }, "personGeneration"],
  ["a storage address of another kind", { parameters: { storageUri: "https://storage.googleapis.com/a" } }, "URI"],
  ["a picture given twice", {
    instance: { referenceImages: [{ image: { ...image, gcsUri: "gs://sandbox/a.jpg" }, referenceType: "asset" }] },
  }, "Exactly one"],
  ["a picture that is not in Cloud Storage", {
    instance: {
      referenceImages: [{ image: { gcsUri: "gs://sandbox/a.jpg", mimeType: "image/jpeg" }, referenceType: "asset" }],
    },
  }, "cannot be read"],
  ["a PNG that says it is a JPEG", {
    instance: { referenceImages: [reference(png({ width: 8, height: 8 }))] },
  }, "does not match its mime type"],
  ["inlineData", {
    instance: {
      referenceImages: [{ image: { inlineData: { mimeType: "image/png", data: "" } }, referenceType: "asset" }],
    },
  }, "inlineData"],
];

describe("Veo on Vertex AI in the sandbox", () => {
  it.each(refused)("refuses %s", async (_, { instance, parameters, model }, words) => {
    const sandbox = await openTestSandbox();
    const path = vertexPath("predictLongRunning", model);
    const error = await readError(await sandbox.post(path, vertexRequest(instance, parameters), bearer));
    expect(error).toMatchObject({ http: 400, code: 400, status: "INVALID_ARGUMENT" });
    expect(error.message).toContain(words);
    expect(await sandbox.ledger()).toMatchObject({ accepted_submits: 0, calls: [{ call: "submit", accepted: false }] });
  });

  it.each([
    ["a clip with one reference", {}, {}],
    ["a portrait clip in 1080p without sound", {}, { aspectRatio: "9:16", resolution: "1080p", generateAudio: false }],
    ["a seed, four samples and no people", {}, { seed: 2 ** 32 - 1, sampleCount: 4, personGeneration: "dont_allow" }],
    ["a four-second clip of words alone", wordsOnly, { durationSeconds: 4, personGeneration: "disallow" }],
    ["a first frame that says enough", { ...wordsOnly, prompt: undefined, image }, { resizeMode: "pad" }],
  ])("takes %s", async (_, instance, parameters) => {
    const sandbox = await openTestSandbox();
    const response = await sandbox.post(submitPath, vertexRequest(instance, parameters), bearer);
    expect(await response.json()).toEqual({
      name: expect.stringMatching(
        /^projects\/sandbox\/locations\/us-central1\/publishers\/google\/models\/[\w.-]+\/operations\/\w+$/,
      ),
    });
    expect(await sandbox.ledger()).toMatchObject({ accepted_submits: 1 });
  });

  it("takes labels, and speaks v1beta1 too", async () => {
    const sandbox = await openTestSandbox();
    const path = submitPath.replace("/v1/", "/v1beta1/");
    const response = await sandbox.post(path, { ...vertexRequest(), labels: { job: "j1" } }, bearer);
    expect(response.status).toBe(200);
  });

  it("answers 501 for what the real one can and the sandbox cannot, 4k", async () => {
    const sandbox = await openTestSandbox();
    const error = await readError(await sandbox.post(submitPath, vertexRequest({}, { resolution: "4k" }), bearer));
    expect(error).toMatchObject({ http: 501, status: "UNIMPLEMENTED" });
  });

  it.each([
    ["no token", {}, "CREDENTIALS_MISSING"],
    ["another's token", { authorization: "Bearer ya29.abc" }, "ACCESS_TOKEN_EXPIRED"],
    ["an expired token", { authorization: `Bearer sandbox-token.${Date.UTC(2026, 0, 1)}` }, "ACCESS_TOKEN_EXPIRED"],
    ["an API key", { "x-goog-api-key": "key" }, "CREDENTIALS_MISSING"],
  ])("refuses %s, and the ledger knows what was asked", async (_, headers, reason) => {
    const sandbox = await openTestSandbox();
    const body = JSON.stringify(clipRequest());
    const error = await readError(await sandbox.fetch(submitPath, { method: "POST", headers: { ...headers }, body }));
    expect(error).toMatchObject({ http: 401, status: "UNAUTHENTICATED", details: [{ reason }] });
    expect(await sandbox.ledger()).toMatchObject({ calls: [{ call: "submit", accepted: false, status: 401 }] });
  });

  it.each([
    ["that never was", vertexPath("predictLongRunning", "veo-9"), []],
    ["at another location", vertexPath("predictLongRunning", vertexModel, "europe-west4"), []],
    ["that is retired", submitPath, [vertexModel]],
    ["of the Gemini API", vertexPath("predictLongRunning", "veo-3.1-generate-preview"), []],
  ])("does not find a model %s, neither to submit nor to read", async (_, path, retired) => {
    const sandbox = await openTestSandbox();
    await sandbox.post("/control/models", { retired });
    const submitted = await readError(await sandbox.post(path, vertexRequest(), bearer));
    const read = await readError(await sandbox.fetch(path.replace(/:\w+$/, ""), { headers: bearer }));
    for (const error of [submitted, read]) {
      expect(error).toMatchObject({ http: 404, status: "NOT_FOUND" });
      expect(error.message).toMatch(/^Publisher Model `[^`]+` was not found/);
    }
    expect((await sandbox.ledger()).calls.map(({ call }) => call)).toEqual(["submit", "models"]);
  });

  it.each(["/vertex/v1/publishers/google/models/", "/vertex/v1beta1/publishers/google/models/"])(
    "says of a model that it is there, at %s",
    async (path) => {
      const sandbox = await openTestSandbox();
      const found = await sandbox.fetch(path + vertexModel, { headers: bearer });
      expect(await found.json()).toMatchObject({ name: `publishers/google/models/${vertexModel}`, launchStage: "GA" });
      expect((await sandbox.fetch(`${path}veo-9`, { headers: bearer })).status).toBe(404);
    },
  );

  it("refuses a body that is not JSON, and knows no other method", async () => {
    const sandbox = await openTestSandbox();
    const broken = await sandbox.fetch(submitPath, { method: "POST", headers: bearer, body: '{"instances": [' });
    expect(await readError(broken)).toMatchObject({ http: 400, status: "INVALID_ARGUMENT" });
    expect((await sandbox.post(vertexPath("predict"), {}, bearer)).status).toBe(404);
  });
});
