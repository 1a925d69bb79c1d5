/**
 * Understands the reference video, by Gemini. In steps, so that the task can save between them and nothing waits in
 * here: a small video goes inside the request; a larger one is uploaded, looked after until it is active, analysed,
 * removed.
 */
import { GoogleGenAI, type Part } from "@google/genai";
import { attachingFetch, reserveSlot, type Slot } from "../upstream/attached-json.ts";
import type { Attachment } from "../upstream/attachment.ts";
import type { Fetch } from "../upstream/fetch.ts";
import { readGoogleAnswer } from "../upstream/google-answer.ts";
import { guardedFetch } from "../upstream/guarded-fetch.ts";
import { jsonSchemaOf } from "../upstream/json-schema.ts";
import type { Outcome } from "../upstream/outcome.ts";
import { thrownFault } from "../upstream/read-fault.ts";
import { parseStructured } from "../upstream/structured-answer.ts";
import { videoInstructions } from "./instructions.ts";
import { type VideoAnalysis, videoAnalysisSchema } from "./schema.ts";
import {
  type FileState,
  fileState,
  googleContentType,
  removeVideo,
  type UploadedVideo,
  uploadVideo,
} from "./video-file.ts";

export { type UploadedVideo, uploadedVideoSchema } from "./video-file.ts";
export { inlineBytesMaximum } from "./video-limits.ts";

/** Gemini watches a clip of a minute in about 20 s; three times that, and the time to send 20 MB, is a hang. */
const analysisTimeoutMs = 90_000;

export interface VideoAnalystOptions {
  readonly apiKey: string;
  /** Without a version; the key goes nowhere else. */
  readonly baseUrl: string;
  readonly model: string;
  readonly fetch: Fetch;
}

/** The video itself, of at most `inlineBytesMaximum`; or an uploaded file that is active. */
export type VideoSource = { readonly inline: Attachment } | { readonly file: UploadedVideo };

export interface VideoAnalyst {
  upload(attachment: Attachment): Promise<Outcome<UploadedVideo>>;
  fileState(file: UploadedVideo): Promise<Outcome<FileState>>;
  analyse(source: VideoSource): Promise<Outcome<VideoAnalysis>>;
  /** Removes the file from Google at once rather than in two days. One that is gone already counts as removed. */
  remove(file: UploadedVideo): Promise<Outcome<null>>;
}

/** @returns an analyst that asks once a call: faults are outcomes, waiting and repeating are the caller's */
export function createVideoAnalyst(options: VideoAnalystOptions): VideoAnalyst {
  return {
    upload: (attachment) => uploadVideo(options, attachment),
    fileState: (file) => fileState(options, file),
    remove: (file) => removeVideo(options, file),
    analyse: (source) => analyseVideo(options, source),
  };
}

async function analyseVideo(options: VideoAnalystOptions, source: VideoSource): Promise<Outcome<VideoAnalysis>> {
  const { part, slots } = prepared(source);
  let response: unknown;
  try {
    response = await openGemini(options, slots).models.generateContent({
      model: options.model,
      // The words after the video, as Google advises.
      contents: [{ role: "user", parts: [part, { text: "Describe how this video is filmed." }] }],
      config: {
        systemInstruction: videoInstructions,
        responseMimeType: "application/json",
        responseJsonSchema: jsonSchemaOf(videoAnalysisSchema),
      },
    });
  } catch (error) {
    return thrownFault(error);
  }
  const text = readGoogleAnswer(response);
  return text.ok ? parseStructured(text.value, videoAnalysisSchema) : text;
}

/** Without `retryOptions` the SDK asks once; its own default version, v1, lacks `responseJsonSchema`. */
function openGemini({ apiKey, baseUrl, fetch }: VideoAnalystOptions, slots: readonly Slot[]): GoogleGenAI {
  return new GoogleGenAI({
    apiKey,
    httpOptions: {
      baseUrl,
      apiVersion: "v1beta",
      timeout: analysisTimeoutMs,
      fetch: guardedFetch(attachingFetch(fetch, slots), baseUrl),
    },
  });
}

/** The video as a part of the request, with the slot it is sent through when it goes inside. */
function prepared(source: VideoSource): { part: Part; slots: Slot[] } {
  if ("file" in source) {
    return { part: { fileData: { fileUri: source.file.uri, mimeType: source.file.mime_type } }, slots: [] };
  }
  const slot = reserveSlot(source.inline);
  const mimeType = googleContentType(source.inline.contentType);
  return { part: { inlineData: { data: slot.placeholder, mimeType } }, slots: [slot] };
}
