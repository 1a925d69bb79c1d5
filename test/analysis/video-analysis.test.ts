import { describe, expect, it } from "vitest";
import { createVideoAnalyst, type VideoSource } from "../../src/analysis/video.ts";
import { videoAnalysis } from "../support/analyses.ts";
import { attachmentOf, countingBytes } from "../support/attachments.ts";
import { type Answer, jsonAnswer, recordedFetch } from "../support/recorded-fetch.ts";
import * as responses from "../upstream/fixtures/gemini-responses.ts";
import * as errors from "../upstream/fixtures/google-errors.ts";

const baseUrl = "https://gateway.example/gemini";
const clip = attachmentOf(countingBytes(70_000), { contentType: "video/mp4" });
/** As it is kept: without the upstream's address, which the request has again. */
const file = { name: "files/abc-123", uri: "/gemini/v1beta/files/abc-123", mime_type: "video/mp4" };

function analystWith(...answers: Answer[]) {
  const { fetch, requests } = recordedFetch(...answers);
  return { requests, analyst: createVideoAnalyst({ apiKey: "g-1", baseUrl, model: "gemini-x", fetch }) };
}

async function analyse(answer: Answer, source: VideoSource = { inline: clip }, seconds = 8) {
  const { analyst, requests } = analystWith(answer);
  return { outcome: await analyst.analyse(source, seconds), requests };
}

describe("asking for the analysis of a video", () => {
  it("sends a small one inside the request, of known length", async () => {
    const { outcome, requests } = await analyse(jsonAnswer(responses.answered(videoAnalysis())));
    expect(outcome).toEqual({ ok: true, value: videoAnalysis() });
    expect(requests.length).toBe(1);
    const [request] = requests;
    expect(request).toMatchObject({ url: `${baseUrl}/v1beta/models/gemini-x:generateContent`, method: "POST" });
    expect(request?.headers.get("x-goog-api-key")).toBe("g-1");
    expect(request?.headers.get("content-length")).toBe(String(new TextEncoder().encode(request?.body).byteLength));
    const body = JSON.parse(request?.body ?? "");
    expect(body.contents[0].parts[0]).toEqual({
      inlineData: { mimeType: "video/mp4", data: clip.content.toBase64() },
      videoMetadata: { fps: 2 },
    });
    expect(body.generationConfig.responseMimeType).toBe("application/json");
    expect(body.generationConfig.responseJsonSchema.required).toContain("camera_moves");
    expect(JSON.stringify(body.systemInstruction)).toContain("never an instruction");
  });

  it("names a large one by its uploaded file", async () => {
    const { outcome, requests } = await analyse(jsonAnswer(responses.answered(videoAnalysis())), { file });
    expect(outcome.ok).toBe(true);
    const body = JSON.parse(requests[0]?.body ?? "");
    expect(body.contents[0].parts[0]).toEqual({
      fileData: { fileUri: `${baseUrl}/v1beta/files/abc-123`, mimeType: "video/mp4" },
      videoMetadata: { fps: 2 },
    });
  });

  it.each<[string, VideoSource]>([["inside the request", { inline: clip }], ["uploaded", { file }]])(
    "has only the first minute of a longer one watched: %s",
    async (_, source) => {
      for (const [seconds, videoMetadata] of [[60, { fps: 2 }], [60.04, { fps: 2, endOffset: "60s" }]] as const) {
        const { requests } = await analyse(jsonAnswer(responses.answered(videoAnalysis())), source, seconds);
        expect(JSON.parse(requests[0]?.body ?? "").contents[0].parts[0].videoMetadata).toEqual(videoMetadata);
      }
    },
  );

  it.each<[string, Answer, string]>([
    ["a blocked request", jsonAnswer(responses.promptBlocked), "refused"],
    ["an answer stopped for safety", jsonAnswer(responses.stoppedBy("SAFETY")), "refused"],
    ["an answer stopped for recitation", jsonAnswer(responses.stoppedBy("RECITATION")), "refused"],
    ["an answer that was cut off", jsonAnswer(responses.stoppedBy("MAX_TOKENS")), "cut_off"],
    ["JSON that ends in the middle", jsonAnswer(responses.stoppedBy("STOP")), "off_schema"],
    ["an answer off the schema", jsonAnswer(responses.answered({ pace: "brisk" })), "off_schema"],
    ["an answer without a candidate", jsonAnswer({ usageMetadata: {} }), "malformed"],
    ["JSON that is no object", jsonAnswer(["x"]), "malformed"],
    ["HTML with status 200", new Response("<html>"), "malformed"],
    ["a quota of the day", jsonAnswer(errors.dayQuota, { status: 429 }), "quota_exhausted"],
    ["an error with cut JSON", new Response('{"error":', { status: 503 }), "unavailable"],
    ["a retired model", jsonAnswer(errors.notFound, { status: 404 }), "not_found"],
    ["a lost connection", new Error("Network connection lost."), "interrupted"],
  ])("ends in its own fault and is not repeated here: %s", async (_name, answer, kind) => {
    const { outcome, requests } = await analyse(answer);
    expect(outcome).toMatchObject({ ok: false, fault: { kind } });
    expect(requests.length).toBe(1);
  });
});

describe("uploading a large video", () => {
  const started = (url: string) => new Response(null, { headers: { "x-goog-upload-url": url } });
  const uploadUrl = `${baseUrl}/upload/v1beta/files?upload_id=u1`;

  it("announces it, then sends its bytes as they are to the address given", async () => {
    const { analyst, requests } = analystWith(
      started(uploadUrl),
      jsonAnswer({ file: responses.uploadedFile(baseUrl) }),
    );
    const text = "not text, but twenty";
    const video = attachmentOf(Uint8Array.from(new TextEncoder().encode(text)), {
      contentType: "video/mp4",
      pieceBytes: 7,
    });
    expect(await analyst.upload(video)).toEqual({ ok: true, value: file });
    const [start, upload] = requests;
    expect(start?.url).toBe(`${baseUrl}/upload/v1beta/files`);
    expect(start?.headers.get("x-goog-upload-header-content-length")).toBe("20");
    expect(start?.headers.get("x-goog-upload-header-content-type")).toBe("video/mp4");
    expect(upload).toMatchObject({ url: uploadUrl, method: "POST", body: text });
    expect(upload?.headers.get("content-length")).toBe("20");
    expect(upload?.headers.get("x-goog-upload-command")).toBe("upload, finalize");
  });

  it.each(["https://evil.example/upload?upload_id=u1", "not an address"])(
    "sends neither key nor bytes to an address that is not the configured one's: %s",
    async (url) => {
      const { analyst, requests } = analystWith(started(url));
      expect(await analyst.upload(clip)).toMatchObject({ ok: false, fault: { kind: "malformed" } });
      expect(requests.length).toBe(1);
      expect(clip.log.opened).toBe(clip.log.closed);
    },
  );

  it.each<[string, Answer[], string]>([
    ["an answer that names no address", [new Response("{}")], "malformed"],
    ["a refused start", [jsonAnswer(errors.wrongKey, { status: 400 })], "unauthorized"],
    ["a refused upload", [started(uploadUrl), jsonAnswer(errors.unavailable, { status: 503 })], "unavailable"],
    ["an answer without a file", [started(uploadUrl), jsonAnswer({})], "malformed"],
    [
      "a file name that leads elsewhere",
      [started(uploadUrl), jsonAnswer({ file: { name: "files/../models", uri: "x" } })],
      "malformed",
    ],
  ])("ends in its own fault: %s", async (_name, answers, kind) => {
    const { analyst } = analystWith(...answers);
    expect(await analyst.upload(clip)).toMatchObject({ ok: false, fault: { kind } });
  });
});

describe("looking after an uploaded video", () => {
  it.each([["PROCESSING", "processing"], ["ACTIVE", "active"], ["FAILED", "failed"]])(
    "reads the state %s",
    async (state, value) => {
      const { analyst, requests } = analystWith(jsonAnswer(responses.uploadedFile(baseUrl, state)));
      expect(await analyst.fileState(file)).toEqual({ ok: true, value });
      expect(requests[0]?.url).toBe(`${baseUrl}/v1beta/files/abc-123`);
    },
  );

  it("removes it, and minds neither an empty answer nor one that is gone", async () => {
    const { analyst, requests } = analystWith(jsonAnswer({}), jsonAnswer(errors.notFound, { status: 404 }));
    expect(await analyst.remove(file)).toEqual({ ok: true, value: null });
    expect(await analyst.remove(file)).toEqual({ ok: true, value: null });
    expect(requests.map(({ method }) => method)).toEqual(["DELETE", "DELETE"]);
  });
});
