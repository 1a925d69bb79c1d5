import { describe, expect, it } from "vitest";
import { z } from "zod";
import { videoAnalysisSchema } from "../../src/analysis/schema.ts";
import { mp4 } from "../support/movies.ts";
import { keys, openTestSandbox, sandboxOrigin, type TestSandbox } from "../support/sandbox.ts";
import {
  analysePath,
  clipRequest,
  readError,
  readGenerated,
  submitPath,
  videoQuestion,
} from "../support/sandbox-requests.ts";

describe("the analysis of a video in the sandbox", () => {
  async function upload(sandbox: TestSandbox, video: Uint8Array, pieces = 1): Promise<string> {
    const start = await sandbox.fetch("/gemini/upload/v1beta/files", {
      method: "POST",
      headers: {
        ...keys,
        "x-goog-upload-protocol": "resumable",
        "x-goog-upload-command": "start",
        "x-goog-upload-header-content-length": String(video.byteLength),
        "x-goog-upload-header-content-type": "video/mp4",
      },
      body: JSON.stringify({ file: { display_name: "clip" } }),
    });
    const path = (start.headers.get("x-goog-upload-url") ?? "").slice(sandboxOrigin.length);
    const size = Math.ceil(video.byteLength / pieces);
    let last: Response | undefined;
    for (let offset = 0; offset < video.byteLength; offset += size) {
      const isLast = offset + size >= video.byteLength;
      last = await sandbox.fetch(path, {
        method: "POST",
        headers: {
          "x-goog-upload-offset": String(offset),
          "x-goog-upload-command": isLast ? "upload, finalize" : "upload",
        },
        body: video.slice(offset, offset + size),
      });
      expect(last.headers.get("x-goog-upload-status")).toBe(isLast ? "final" : "active");
    }
    return z.object({ file: z.object({ uri: z.string() }) }).parse(await last?.json()).file.uri;
  }

  it.each(["front", "end"] as const)("has beats that fill its real length, the index at the %s", async (index) => {
    const sandbox = await openTestSandbox();
    const inlineData = {
      mimeType: "video/mp4",
      data: (await mp4({ seconds: 5, frameBytes: 5_000 }, index)).toBase64(),
    };
    const { text } = await readGenerated(await sandbox.post(analysePath, videoQuestion({ inlineData })));
    const { beats, summary } = videoAnalysisSchema.parse(JSON.parse(text));
    expect(beats[0]?.start_seconds).toBe(0);
    expect(beats.at(-1)?.end_seconds).toBeCloseTo(5, 0);
    expect(summary).toContain("sandbox");
  });

  it.each([
    [{ startOffset: "0s", endOffset: "4s", fps: 2 }, 0, 4],
    [{ startOffset: "1.5s" }, 1.5, 5],
    [{ fps: 24 }, 0, 5],
  ])("speaks only of what it was to watch: %j", async (videoMetadata, start, end) => {
    const sandbox = await openTestSandbox();
    const inlineData = { mimeType: "video/mp4", data: (await mp4({ seconds: 5 })).toBase64() };
    const answer = await sandbox.post(analysePath, videoQuestion({ inlineData, videoMetadata }));
    const { beats } = videoAnalysisSchema.parse(JSON.parse((await readGenerated(answer)).text));
    expect(beats[0]?.start_seconds).toBe(start);
    expect(beats.at(-1)?.end_seconds).toBeCloseTo(end, 0);
  });

  it("counts the pictures that it watches", async () => {
    const sandbox = await openTestSandbox();
    const inlineData = { mimeType: "video/mp4", data: (await mp4({ seconds: 5 })).toBase64() };
    const tokens = async (videoMetadata: object) => {
      const answer = await sandbox.post(analysePath, videoQuestion({ inlineData, videoMetadata }));
      const { usageMetadata } = await answer.json<{ usageMetadata: { promptTokenCount: number } }>();
      return usageMetadata.promptTokenCount;
    };
    expect(await tokens({ fps: 2, endOffset: "4s" }) - await tokens({ endOffset: "4s" })).toBe(4 * 258);
  });

  it.each([
    ["no pictures a second", { fps: 0 }],
    ["more than 24", { fps: 24.1 }],
    ["a bare number of seconds", { endOffset: 4 }],
    ["an offset without its unit", { endOffset: "4" }],
    ["a negative offset", { startOffset: "-1s" }],
    ["an end that is not after the start", { startOffset: "2s", endOffset: "2s" }],
    ["an end beyond that of the video", { endOffset: "9s" }],
    ["a start beyond its end", { startOffset: "6s" }],
  ])("is refused for %s to watch", async (_, videoMetadata) => {
    const sandbox = await openTestSandbox();
    const inlineData = { mimeType: "video/mp4", data: (await mp4({ seconds: 5 })).toBase64() };
    const answer = await sandbox.post(analysePath, videoQuestion({ inlineData, videoMetadata }));
    expect(await readError(answer)).toMatchObject({ http: 400, status: "INVALID_ARGUMENT" });
  });

  it.each([1, 3])("takes an upload in %i pieces, once it is active", async (pieces) => {
    const sandbox = await openTestSandbox();
    const video = await mp4({ seconds: 3, frameBytes: 20_000 });
    const fileUri = await upload(sandbox, video, pieces);
    const file = await sandbox.fetch(fileUri.slice(sandboxOrigin.length), { headers: keys });
    expect(await file.json()).toMatchObject({
      state: "ACTIVE",
      sizeBytes: String(video.byteLength),
      mimeType: "video/mp4",
    });
    const { text } = await readGenerated(await sandbox.post(analysePath, videoQuestion({ fileData: { fileUri } })));
    expect(videoAnalysisSchema.parse(JSON.parse(text)).beats.at(-1)?.end_seconds).toBeCloseTo(3, 0);
  });

  it("is refused while the upload is processed", async () => {
    const sandbox = await openTestSandbox({ file_processing_ms: 3_600_000 });
    const fileUri = await upload(sandbox, await mp4({ seconds: 1 }));
    const file = await sandbox.fetch(fileUri.slice(sandboxOrigin.length), { headers: keys });
    expect(await file.json()).toMatchObject({ state: "PROCESSING" });
    const error = await readError(await sandbox.post(analysePath, videoQuestion({ fileData: { fileUri } })));
    expect(error).toMatchObject({ http: 400, status: "FAILED_PRECONDITION" });
    expect(error.message).toContain("is not in an ACTIVE state");
  });

  it("is refused after the upload was deleted", async () => {
    const sandbox = await openTestSandbox();
    const fileUri = await upload(sandbox, await mp4({ seconds: 1 }));
    const path = fileUri.slice(sandboxOrigin.length);
    expect((await sandbox.fetch(path, { method: "DELETE", headers: keys })).status).toBe(200);
    expect((await sandbox.fetch(path, { headers: keys })).status).toBe(404);
    expect(await readError(await sandbox.post(analysePath, videoQuestion({ fileData: { fileUri } })))).toMatchObject({
      http: 403,
    });
  });

  it.each([
    ["bytes that are no video", { inlineData: { mimeType: "video/mp4", data: "AAAAAAAA" } }, {}, "input video"],
    [
      "more than 20 MB inside the request",
      { inlineData: { mimeType: "video/mp4", data: "A".repeat(21 << 20) } },
      {},
      "payload size",
    ],
    ["two schemas", { text: "x" }, { responseSchema: {} }, "Only one of"],
    ["a schema without JSON", { text: "x" }, { responseMimeType: "text/plain" }, "application/json"],
  ])("is refused for %s", async (_, part, config, words) => {
    const sandbox = await openTestSandbox();
    const error = await readError(await sandbox.post(analysePath, videoQuestion(part, config)));
    expect(error).toMatchObject({ http: 400, status: "INVALID_ARGUMENT" });
    expect(error.message).toContain(words);
  });

  it("takes Google's other spelling of the fields", async () => {
    const sandbox = await openTestSandbox();
    const inline_data = { mime_type: "video/mp4", data: (await mp4({ seconds: 2 })).toBase64() };
    const { contents, generationConfig } = videoQuestion({ inline_data });
    const generation_config = {
      response_mime_type: generationConfig.responseMimeType,
      response_json_schema: generationConfig.responseJsonSchema,
    };
    const { text } = await readGenerated(await sandbox.post(analysePath, { contents, generation_config }));
    expect(videoAnalysisSchema.safeParse(JSON.parse(text)).success).toBe(true);
  });

  it.each([
    ["refusal", { promptFeedback: { blockReason: "PROHIBITED_CONTENT" } }],
    ["refused_answer", { candidates: [{ finishReason: "SAFETY" }] }],
    ["cut_off", { candidates: [{ finishReason: "MAX_TOKENS" }] }],
  ])("ends otherwise when told to: %s", async (fault, expected) => {
    const sandbox = await openTestSandbox();
    await sandbox.fail({ call: "video_analysis", fault });
    const inlineData = { mimeType: "video/mp4", data: (await mp4({ seconds: 2 })).toBase64() };
    expect(await readGenerated(await sandbox.post(analysePath, videoQuestion({ inlineData })))).toMatchObject(expected);
  });

  it("does not mix up the models: Veo does not understand, Omni speaks another wire", async () => {
    const sandbox = await openTestSandbox();
    const [veo, omni] = ["veo-3.1-generate-preview", "gemini-omni-1.1-flash"].map((model) =>
      `/gemini/v1beta/models/${model}:generateContent`
    );
    expect(await readError(await sandbox.post(veo ?? "", clipRequest()))).toMatchObject({ http: 404 });
    expect(await readError(await sandbox.post(omni ?? "", clipRequest()))).toMatchObject({ http: 400 });
    expect((await sandbox.post(submitPath("gemini-3.8-flash"), clipRequest())).status).toBe(404);
  });
});
