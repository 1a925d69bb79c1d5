import { describe, expect, it } from "vitest";
import { mov, mp4, webm } from "../support/movies.ts";
import { jpeg, png } from "../support/pictures.ts";
import { keys, openTestSandbox } from "../support/sandbox.ts";
import {
  imagePart,
  interactionsPath,
  longOmniModel,
  omniModel,
  omniRequest,
  readError,
  videoPart,
} from "../support/sandbox-requests.ts";
import { processingMilliseconds, withOmni } from "./omni-client.ts";

const words = { type: "text", text: "A ring turns." };
const pictureBytes = jpeg({ width: 64, height: 48 });

/** What is asked, beside a request that would be taken, and the words that tell why it is not. */
const refused: [string, { parts?: object; format?: object; task?: string }, string][] = [
  ["a square", { format: { aspect_ratio: "1:1" } }, "aspect_ratio"],
  ["a resolution that there is not", { format: { resolution: "480p" } }, "resolution"],
  ["a length as a number", { format: { duration: 8 } }, "Invalid input at 'response_format'"],
  ["a length without its unit", { format: { duration: "8" } }, "Invalid input at 'response_format'"],
  ["two seconds", { format: { duration: "2s" } }, "maximum allowed 10s"],
  ["half a second", { format: { duration: "4.5s" } }, "maximum allowed 10s"],
  ["eleven seconds", { format: { duration: "11s" } }, "maximum allowed 10s"],
  ["sixteen seconds of 1.2", { parts: { model: longOmniModel }, format: { duration: "16s" } }, "maximum allowed 15s"],
  ["a picture as the result", { format: { type: "image" } }, "Invalid input at 'response_format'"],
  ["another delivery", { format: { delivery: "gcs" } }, "Invalid input at 'response_format'"],
  ["Vertex AI's place for the result", { format: { gcs_uri: "gs://a/b" } }, 'Unknown name "gcs_uri"'],
  ["a seed", { parts: { seed: 7 } }, 'Unknown name "seed"'],
  ["a temperature", { parts: { generation_config: { temperature: 1 } } }, 'Unknown name "temperature"'],
  ["a system instruction", { parts: { system_instruction: "Be brief." } }, 'Unknown name "system_instruction"'],
  ["a task that there is not", { task: "make" }, "Invalid input at 'generation_config'"],
  ["the background without a store", { parts: { store: false } }, "`store: false`"],
  ["an address without a store", { parts: { store: false, background: false } }, "`delivery: uri`"],
  ["pictures for words alone", { task: "text_to_video" }, "takes no images"],
  ["references without any", { parts: { input: "A ring." } }, "needs an image or a video"],
  ["a first frame without one", { parts: { input: "A ring." }, task: "image_to_video" }, "needs an image"],
  ["four pictures", { parts: { input: [words, ...Array.from({ length: 4 }, () => imagePart())] } }, "At most 3 images"],
  ["seven pictures of 1.2", {
    parts: { model: longOmniModel, input: [words, ...Array.from({ length: 7 }, () => imagePart())] },
  }, "At most 6 images"],
  ["a PNG that says it is a JPEG", {
    parts: { input: [words, imagePart(png({ width: 8, height: 8 }))] },
  }, "does not match its mime type"],
  ["a picture cut off", { parts: { input: [words, imagePart(pictureBytes.slice(0, -20))] } }, "Unable to process"],
  ["a picture that is not base64", {
    parts: { input: [words, { type: "image", mime_type: "image/jpeg", data: "/9j/4A==AAAA" }] },
  }, "not valid base64"],
  ["a picture given twice", {
    parts: { input: [words, { ...imagePart(), uri: "https://x.invalid/v1beta/files/a" }] },
  }, "Exactly one"],
  ["a picture in Veo's words", {
    parts: { input: [words, { type: "image", bytesBase64Encoded: "" }] },
  }, 'Unknown name "bytesBase64Encoded"'],
  ["a text for a video", { parts: { input: [words, videoPart(new Uint8Array(300).fill(65))] } }, "Unable to process"],
];

describe("Omni in the sandbox", () => {
  it.each(refused)("refuses %s", async (_, { parts, format, task }, text) => {
    const sandbox = await openTestSandbox();
    const error = await readError(await sandbox.post(interactionsPath, omniRequest(parts, format, task)));
    expect(error).toMatchObject({ http: 400, code: "invalid_request" });
    expect(error.message).toContain(text);
    expect(await sandbox.ledger()).toMatchObject({ accepted_submits: 0, calls: [{ call: "submit", accepted: false }] });
  });

  it("refuses reference videos of more than three seconds, and more than three of them", async () => {
    const sandbox = await openTestSandbox();
    const [short, long] = [await mp4({ seconds: 3 }), await mp4({ seconds: 3.5 })];
    for (
      const [input, text] of [
        [[words, videoPart(long)], "3 seconds long, but got: 3.5"],
        [[words, videoPart(await webm({ seconds: 4 }), "video/webm")], "3 seconds long"],
        [[words, videoPart(await webm({ seconds: 2 }, true), "video/webm")], "Unable to process"],
        [[words, videoPart(short, "video/webm")], "does not match its mime type"],
        [[words, ...Array.from({ length: 4 }, () => videoPart(short))], "At most 3 videos"],
      ] as const
    ) {
      const error = await readError(await sandbox.post(interactionsPath, omniRequest({ input })));
      expect(error).toMatchObject({ http: 400, code: "invalid_request", message: expect.stringContaining(text) });
    }
  });

  it("takes a picture and three reference videos, whatever they are in", async () => {
    const sandbox = await openTestSandbox();
    const input = [
      words,
      imagePart(),
      videoPart(await mp4({ seconds: 3 }, "front")),
      videoPart(await mov({ seconds: 1 }), "video/quicktime"),
      videoPart(await webm({ seconds: 2 }), "video/webm"),
    ];
    expect((await sandbox.post(interactionsPath, omniRequest({ input }))).status).toBe(200);
    const [call] = (await sandbox.ledger()).calls;
    expect(call?.detail).toMatchObject({
      prompt: "A ring turns.",
      parameters: { duration: 8, task: "reference_to_video" },
      images: [{ width: 1920 }],
      videos: [{ mime_type: "video/mp4", seconds: 3 }, { mime_type: "video/quicktime" }, { mime_type: "video/webm" }],
    });
  });

  it.each([
    ["ten seconds in portrait", {}, { duration: "10s", aspect_ratio: "9:16" }, undefined],
    ["three seconds in 1080p", {}, { duration: "3s", resolution: "1080p" }, undefined],
    [
      "six pictures and fifteen seconds of 1.2",
      {
        model: longOmniModel,
        input: Array.from({ length: 6 }, () => imagePart()),
      },
      { duration: "15s", resolution: "1080p" },
      undefined,
    ],
    ["words alone", { input: "A ring turns." }, { aspect_ratio: undefined, duration: undefined }, "text_to_video"],
    ["nothing at all, which costs as much", { input: [] }, {}, "text_to_video"],
    [
      "a message, a task left open and a hook",
      {
        input: [{ type: "user_input", content: [words, imagePart()] }],
        generation_config: {},
        webhook_config: { uris: ["https://worker.example/hooks"] },
      },
      {},
      undefined,
    ],
  ])("takes %s", async (_, parts, format, task) => {
    const sandbox = await openTestSandbox();
    const response = await sandbox.post(interactionsPath, omniRequest(parts, format, task));
    expect(await response.json()).toMatchObject({ object: "interaction", status: "in_progress" });
    expect(await sandbox.ledger()).toMatchObject({ accepted_submits: 1 });
  });

  it("answers 501 for what the real one can and the sandbox cannot", async () => {
    const sandbox = await openTestSandbox();
    for (
      const request of [
        omniRequest({}, { resolution: "4k" }),
        omniRequest({}, { resolution: "360p" }),
        omniRequest({ background: false }),
        omniRequest({}, {}, "edit"),
        omniRequest({}, {}, "upscale"),
        omniRequest({ input: "Go on." }, {}, "extend"),
      ]
    ) {
      const error = await readError(await sandbox.post(interactionsPath, request));
      expect(error).toMatchObject({ http: 501, status: "UNIMPLEMENTED" });
    }
  });

  it("takes uploaded files only when they are ACTIVE", async () => {
    await withOmni(async (omni) => {
      const uri = await omni.upload(new Uint8Array(await mp4({ seconds: 2 })), "video/mp4");
      const request = { input: [words, { type: "video", mime_type: "video/mp4", uri }] };
      expect(await readError(await omni.create(request))).toMatchObject({ http: 400, status: "FAILED_PRECONDITION" });
      omni.pass(processingMilliseconds);
      expect((await omni.create(request)).status).toBe(200);
      expect((await omni.ledger()).calls.at(-1)?.detail).toMatchObject({ videos: [{ seconds: 2 }] });
      const missing = { input: [words, { type: "image", mime_type: "image/png", uri: `${uri}x` }] };
      expect(await readError(await omni.create(missing))).toMatchObject({ http: 403, status: "PERMISSION_DENIED" });
    });
  });

  it("is only at the interactions, and is there until it is retired", async () => {
    const sandbox = await openTestSandbox();
    const modelPath = `/gemini/v1beta/models/${omniModel}`;
    const generated = await readError(await sandbox.post(`${modelPath}:generateContent`, {}));
    expect(generated).toMatchObject({ http: 400, message: "This model only supports Interactions API." });
    const read = () => sandbox.fetch(modelPath, { headers: keys });
    expect(await (await read()).json()).toMatchObject({ name: `models/${omniModel}` });
    expect(await (await sandbox.fetch("/gemini/v1beta/models", { headers: keys })).text()).toContain(longOmniModel);
    const other = await readError(await sandbox.post(interactionsPath, omniRequest({ model: "gemini-omni-9-flash" })));
    expect(other).toMatchObject({ http: 404, status: "NOT_FOUND" });
    await sandbox.post("/control/models", { retired: [omniModel] });
    expect((await read()).status).toBe(404);
    const retired = await readError(await sandbox.post(interactionsPath, omniRequest()));
    expect(retired).toMatchObject({ http: 404, message: expect.stringContaining("is no longer available") });
  });

  it("refuses a call without a key, and a body that is not JSON", async () => {
    const sandbox = await openTestSandbox();
    const open = await sandbox.fetch(interactionsPath, { method: "POST", body: "{}" });
    expect(await readError(open)).toMatchObject({ http: 403, status: "PERMISSION_DENIED" });
    const headers = { "x-goog-api-key": "key" };
    const broken = await sandbox.fetch(interactionsPath, { method: "POST", headers, body: '{"model":' });
    expect(await readError(broken)).toMatchObject({ http: 400, code: "invalid_request" });
  });
});
