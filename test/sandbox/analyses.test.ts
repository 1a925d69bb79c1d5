import { describe, expect, it } from "vitest";
import { z } from "zod";
import { imageAnalysisSchema } from "../../src/analysis/schema.ts";
import { jpeg, png } from "../support/pictures.ts";
import { openTestSandbox } from "../support/sandbox.ts";
import {
  analysePath,
  dataUrl,
  geminiImageQuestion,
  imageQuestion,
  jsonFormat,
  readError,
  readGenerated,
  readResponse,
  videoQuestion,
} from "../support/sandbox-requests.ts";

const responsesPath = "/openai/v1/responses";

describe("the analysis of a picture in the sandbox", () => {
  it("fits the schema, names the picture's real size and kind, and says where it comes from", async () => {
    const sandbox = await openTestSandbox();
    const response = await readResponse(await sandbox.post(responsesPath, imageQuestion()));
    expect(response).toMatchObject({ status: "completed", part: { type: "output_text" } });
    expect(imageAnalysisSchema.parse(JSON.parse(response.text)).subject).toBe(
      "sandbox reading of a 1920×1080 JPEG picture",
    );
  });

  it("is the same for the same picture and another for another", async () => {
    const sandbox = await openTestSandbox();
    const read = async (bytes: Uint8Array) =>
      (await readResponse(await sandbox.post(responsesPath, imageQuestion({}, dataUrl(bytes))))).text;
    const [first, again] = [
      await read(jpeg({ width: 300, height: 200 })),
      await read(jpeg({ width: 300, height: 200 })),
    ];
    expect(again).toBe(first);
    expect(await read(png({ width: 640, height: 480 }))).not.toBe(first);
  });

  it.each([
    [
      "a picture that is none",
      imageQuestion({}, dataUrl(new Uint8Array(64).fill(7))),
      "does not represent a valid image",
    ],
    ["a picture cut off", imageQuestion({}, dataUrl(jpeg({ width: 9, height: 9 }).slice(0, -9))), "valid image"],
    ["an address that is none", imageQuestion({}, "ftp://x.invalid/a.jpg"), "Expected a valid URL"],
    ["an unknown parameter", imageQuestion({ quality: "high" }), "Unknown parameter: 'quality'."],
    [
      "an unknown kind of input",
      imageQuestion({ input: [{ role: "user", content: [{ type: "image" }] }] }),
      "Invalid value",
    ],
    ["a tiny room for the answer", imageQuestion({ max_output_tokens: 3 }), "max_output_tokens"],
    [
      "a name that is too long",
      imageQuestion({ text: jsonFormat("n".repeat(65), imageAnalysisSchema) }),
      "text.format.name",
    ],
    [
      "a strict schema with an optional property",
      imageQuestion({ text: jsonFormat("x", z.object({ a: z.object({ b: z.string().optional() }) })) }),
      "In context=('properties', 'a'), 'required' is required to be supplied",
    ],
    [
      "a strict schema that allows more",
      imageQuestion({ text: jsonFormat("x", z.looseObject({ a: z.string() })) }),
      "'additionalProperties' is required to be supplied and to be false",
    ],
    [
      "a strict schema of a list",
      imageQuestion({ text: jsonFormat("x", z.array(z.string())) }),
      "got 'type: \"array\"'",
    ],
  ])("is refused for %s", async (_, question, words) => {
    const sandbox = await openTestSandbox();
    const error = await readError(await sandbox.post(responsesPath, question));
    expect(error.http).toBe(400);
    expect(error.message).toContain(words);
  });

  it("is refused without a key and with a model that does not exist", async () => {
    const sandbox = await openTestSandbox();
    const init = { method: "POST", body: JSON.stringify(imageQuestion()) };
    expect(await readError(await sandbox.fetch(responsesPath, init))).toMatchObject({ http: 401 });
    const unknown = await readError(await sandbox.post(responsesPath, imageQuestion({ model: "claude-1" })));
    expect(unknown).toMatchObject({ http: 404, code: "model_not_found" });
  });

  it("ends early when it was given too little room", async () => {
    const sandbox = await openTestSandbox();
    const response = await readResponse(await sandbox.post(responsesPath, imageQuestion({ max_output_tokens: 20 })));
    expect(response).toMatchObject({ status: "incomplete", incomplete_details: { reason: "max_output_tokens" } });
    expect(response.text).toHaveLength(80);
  });
});

describe("the analysis of a picture on Gemini's wire", () => {
  const inline = (bytes: Uint8Array, mimeType = "image/jpeg") => ({ inlineData: { mimeType, data: bytes.toBase64() } });
  const picture = jpeg({ width: 1920, height: 1080 });

  it("fits the schema and is counted as what it is", async () => {
    const sandbox = await openTestSandbox();
    const { text } = await readGenerated(await sandbox.post(analysePath, geminiImageQuestion(inline(picture))));
    expect(imageAnalysisSchema.parse(JSON.parse(text)).subject).toBe("sandbox reading of a 1920×1080 JPEG picture");
    expect(await sandbox.ledger()).toMatchObject({
      calls: [{ call: "image_analysis", accepted: true, detail: { pictures: [{ bytes: picture.length }] } }],
    });
  });

  it.each([
    ["a kind of picture that Gemini does not see", inline(picture, "image/gif"), "Unsupported MIME type: image/gif"],
    ["a document", inline(picture, "application/pdf"), "Unsupported MIME type: application/pdf"],
    ["a picture that is none", inline(new Uint8Array(64).fill(7)), "Unable to process input image"],
    ["a picture cut off", inline(picture.slice(0, -9)), "Unable to process input image"],
    ["what is no base64", { inlineData: { mimeType: "image/png", data: "a*c=" } }, "Unable to process input image"],
  ])("is refused for %s", async (_, part, words) => {
    const sandbox = await openTestSandbox();
    const error = await readError(await sandbox.post(analysePath, geminiImageQuestion(part)));
    expect(error).toMatchObject({ http: 400, status: "INVALID_ARGUMENT" });
    expect(error.message).toContain(words);
    expect(await sandbox.ledger()).toMatchObject({ calls: [{ call: "image_analysis", accepted: false }] });
  });

  it("ends early when it was given too little room", async () => {
    const sandbox = await openTestSandbox();
    const question = geminiImageQuestion(inline(picture), { maxOutputTokens: 20 });
    const answer = await readGenerated(await sandbox.post(analysePath, question));
    expect(answer).toMatchObject({ candidates: [{ finishReason: "MAX_TOKENS" }] });
    expect(answer.text).toHaveLength(80);
  });

  it("is not hit by the fault of another call", async () => {
    const sandbox = await openTestSandbox();
    await sandbox.fail({ call: "video_analysis", fault: "status_500" }, { call: "prompt", fault: "status_503" });
    expect((await sandbox.post(analysePath, geminiImageQuestion(inline(picture)))).status).toBe(200);
    expect((await sandbox.post(analysePath, videoQuestion({ text: "Write." }))).status).toBe(503);
  });
});

describe("a prompt in the sandbox", () => {
  const schema = z.object({
    subject: z.string().describe("What is seen"),
    sound: z.string().describe("What is heard, music and effects"),
    camera: z.string(),
    negative: z.array(z.string()).describe("Things to avoid"),
    must_not_change: z.array(z.string()),
    wishes: z.array(z.string()),
  });

  it("is written from the text it was given: values of the JSON, named lines, lines about it; only what is English", async () => {
    const sandbox = await openTestSandbox();
    const input = [
      "House rules:",
      "- Camera: one slow orbit at table height.",
      "- No music; only the small sounds of the workshop are heard.",
      "Музыка: громкий оркестр",
      `Analysis: ${
        JSON.stringify({
          subject: "an emerald ring",
          must_not_change: ["the hallmark"],
          wishes: ["slowly", "медленно, с надписью «Весна»"],
          deep: { subject: "no" },
        })
      }`,
    ].join("\n");
    const question = imageQuestion({ input, text: jsonFormat("video_prompt", schema) });
    const { text } = await readResponse(await sandbox.post(responsesPath, question));
    expect(schema.parse(JSON.parse(text))).toEqual({
      subject: "an emerald ring",
      sound: "No music; only the small sounds of the workshop are heard.",
      camera: "one slow orbit at table height.",
      negative: [],
      must_not_change: ["the hallmark"],
      wishes: ["slowly", 'wishes in a language that the sandbox does not translate, "Весна"'],
    });
    expect(await sandbox.ledger()).toMatchObject({ calls: [{ call: "prompt" }] });
  });

  it("is written on Gemini's wire from the instructions as well as the words", async () => {
    const sandbox = await openTestSandbox();
    const question = {
      systemInstruction: { parts: [{ text: "- Camera: one slow orbit at table height." }] },
      ...videoQuestion({ text: JSON.stringify({ subject: "an emerald ring" }) }, {
        responseJsonSchema: z.toJSONSchema(schema.pick({ subject: true, camera: true })),
      }),
    };
    const { text } = await readGenerated(await sandbox.post(analysePath, question));
    expect(JSON.parse(text)).toEqual({ subject: "an emerald ring", camera: "one slow orbit at table height." });
    expect(await sandbox.ledger()).toMatchObject({ calls: [{ call: "prompt" }] });
  });
});
