/**
 * A file in the Gemini API's Files: uploaded, looked after, removed. Plain `fetch`: the SDK wants a Blob.
 */
import { z } from "zod";
import type { Attachment } from "./attachment.ts";
import type { Fetch } from "./fetch.ts";
import { guardedFetch, isSameOrigin } from "./guarded-fetch.ts";
import { failed, type Outcome, succeeded } from "./outcome.ts";
import { thrownFault } from "./read-fault.ts";
import { readAttachment } from "./read-attachment.ts";
import { sendStream } from "./send-stream.ts";
import { storedAddress } from "./stored-address.ts";

export interface FilesOptions {
  readonly apiKey: string;
  /** Without a version. */
  readonly baseUrl: string;
  readonly fetch: Fetch;
}

/** An uploaded file, JSON-safe. */
export const uploadedFileSchema = z.object({
  /** `files/…`: the path it is looked after by, so nothing else may be in it. */
  name: z.string().regex(/^files\/[\w-]+$/),
  /** What generateContent knows it by, as `storedAddress` keeps it. Never fetched. */
  uri: z.string().min(1),
  mime_type: z.string(),
});

export type UploadedFile = z.infer<typeof uploadedFileSchema>;

/** What a file is looked after by. */
export type FileName = Pick<UploadedFile, "name">;

export type FileState = "processing" | "active" | "failed";

const fileSchema = z.looseObject({ name: z.string(), uri: z.string(), mimeType: z.string().nullish() });
const uploadSchema = z.looseObject({ file: fileSchema });
const stateSchema = z.looseObject({ state: z.string().nullish() });

/** 100 MB at 5 Mbit/s take under three minutes. A Durable Object's alarm ends after fifteen. */
const uploadTimeoutMs = 300_000;
const requestTimeoutMs = 30_000;

/** The list of Google's documentation calls QuickTime `video/mov`. */
export function googleContentType(contentType: string): string {
  return contentType === "video/quicktime" ? "video/mov" : contentType;
}

/** Uploads a picture or a video as a stream, in one piece. */
export async function uploadFile(options: FilesOptions, video: Attachment): Promise<Outcome<UploadedFile>> {
  return await caught(async () => {
    const contentType = googleContentType(video.contentType);
    const uploadUrl = await startUpload(options, video.bytes, contentType);
    // An address in an upstream's answer: neither the key nor the customer's video goes to another host.
    if (uploadUrl === null || !isSameOrigin(uploadUrl, options.baseUrl)) {
      return failed("malformed", "the address for the upload is missing or not the configured one's");
    }
    const content = { bytes: video.bytes, pieces: () => readAttachment(video) };
    const streaming: Fetch = (input, init) => sendStream(options.fetch, input, init ?? {}, content);
    const response = await guardedFetch(streaming, options.baseUrl)(uploadUrl, {
      method: "POST",
      headers: {
        "x-goog-api-key": options.apiKey,
        "x-goog-upload-offset": "0",
        "x-goog-upload-command": "upload, finalize",
      },
      signal: AbortSignal.timeout(uploadTimeoutMs),
    });
    const { file } = uploadSchema.parse(await response.json());
    const mimeType = file.mimeType ?? contentType;
    const uri = storedAddress(file.uri, options.baseUrl);
    return succeeded(uploadedFileSchema.parse({ name: file.name, uri, mime_type: mimeType }));
  });
}

/** Tells whether the file can be used yet: used while it is processed, it is answered with 400. */
export async function fileState(options: FilesOptions, file: FileName): Promise<Outcome<FileState>> {
  return await caught(async () => {
    const response = await askFiles(options, file, "GET");
    const { state } = stateSchema.parse(await response.json());
    if (state === "ACTIVE") return succeeded("active");
    return succeeded(state === "FAILED" ? "failed" : "processing");
  });
}

export async function removeFile(options: FilesOptions, file: FileName): Promise<Outcome<null>> {
  const removed = await caught(async () => {
    const response = await askFiles(options, file, "DELETE");
    await response.body?.cancel();
    return succeeded(null);
  });
  return !removed.ok && removed.fault.kind === "not_found" ? succeeded(null) : removed;
}

/** @returns the address the bytes go to, as the upstream gave it */
async function startUpload({ apiKey, baseUrl, fetch }: FilesOptions, bytes: number, contentType: string) {
  const response = await guardedFetch(fetch, baseUrl)(`${baseUrl}/upload/v1beta/files`, {
    method: "POST",
    headers: {
      "x-goog-api-key": apiKey,
      "x-goog-upload-protocol": "resumable",
      "x-goog-upload-command": "start",
      "x-goog-upload-header-content-length": String(bytes),
      "x-goog-upload-header-content-type": contentType,
      "content-type": "application/json",
    },
    body: JSON.stringify({ file: { display_name: "reference" } }),
    signal: AbortSignal.timeout(requestTimeoutMs),
  });
  await response.body?.cancel();
  return response.headers.get("x-goog-upload-url");
}

function askFiles({ apiKey, baseUrl, fetch }: FilesOptions, file: FileName, method: string): Promise<Response> {
  return guardedFetch(fetch, baseUrl)(`${baseUrl}/v1beta/${file.name}`, {
    method,
    headers: { "x-goog-api-key": apiKey },
    signal: AbortSignal.timeout(requestTimeoutMs),
  });
}

async function caught<Value>(work: () => Promise<Outcome<Value>>): Promise<Outcome<Value>> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof z.ZodError) return failed("malformed", "the answer does not describe a file");
    return thrownFault(error);
  }
}
