/**
 * The Gemini API's Files, played: resumable upload, state, deletion. What is uploaded is counted, not kept. The clips that
 * Veo and Omni made are files too.
 */
import { z } from "zod";
import { accept, answerCall, refuse } from "./answer-call.ts";
import type { FaultName } from "./calls.ts";
import { clipBytes } from "./clips.ts";
import { fileRetentionMilliseconds, type StoredFile } from "./file-store.ts";
import { googleError } from "./google-errors.ts";
import { upstreamBase } from "./links.ts";
import type { StoredOperation } from "./operation-store.ts";
import { sampleStream } from "./sample-stream.ts";
import type { Sandbox } from "./sandbox.ts";

const startSchema = z.object({
  file: z.object({ display_name: z.string().optional(), displayName: z.string().optional() }).optional(),
});

/** `POST /upload/v1beta/files` with the command `start`: answers with the address for the bytes. */
export async function startUpload(sandbox: Sandbox, request: Request): Promise<Response> {
  const { headers } = request;
  const announced = Number(headers.get("x-goog-upload-header-content-length") ?? NaN);
  const contentType = headers.get("x-goog-upload-header-content-type");
  const body = startSchema.safeParse(await request.json().catch(() => ({})));
  const detail = { announced, content_type: contentType };
  return await answerCall(sandbox, { wire: "google", name: "file_upload", model: null, detail }, () => {
    const isStart = headers.get("x-goog-upload-protocol") === "resumable" &&
      headers.get("x-goog-upload-command") === "start";
    if (!isStart || !Number.isSafeInteger(announced) || contentType === null || !body.success) {
      return refuse(googleError("INVALID_ARGUMENT", "The upload was not started in the resumable protocol."));
    }
    const id = newFileId();
    const { display_name, displayName } = body.data.file ?? {};
    sandbox.files.start({
      ...{ id, announced, content_type: contentType, created_at: sandbox.now() },
      display_name: display_name ?? displayName ?? "",
    });
    const url = `${upstreamBase(request, "gemini")}/upload/v1beta/files?upload_id=${id}&upload_protocol=resumable`;
    return accept(new Response("", { headers: { "x-goog-upload-url": url, "x-goog-upload-status": "active" } }));
  });
}

/** `POST` to the address that `start` gave: bytes, the last of them with the command `upload, finalize`. */
export function receiveBytes(sandbox: Sandbox, request: Request, id: string): Promise<Response> {
  const command = request.headers.get("x-goog-upload-command") ?? "";
  const offset = Number(request.headers.get("x-goog-upload-offset") ?? NaN);
  const detail = { file: id, offset, command };
  return answerCall(sandbox, { wire: "google", name: "file_bytes", model: null, detail }, async () => {
    const file = sandbox.files.find(id, sandbox.now());
    if (!file || file.finished_at !== null) {
      return refuse(googleError("NOT_FOUND", "Upload has already been terminated."));
    }
    if (offset !== file.received) {
      return refuse(googleError("INVALID_ARGUMENT", "The upload's offset is not where it was left."));
    }
    const sample = await sampleStream(request.body, { ...file, length: file.received });
    sandbox.files.receive(id, sample);
    if (!command.includes("finalize")) {
      return accept(new Response("", { headers: { "x-goog-upload-status": "active" } }));
    }
    if (sample.length !== file.announced) {
      return refuse(googleError("INVALID_ARGUMENT", "The upload is not as long as announced."));
    }
    const finishedAt = sandbox.now();
    sandbox.files.finish(id, finishedAt, finishedAt + sandbox.settings.latencies.file_processing_ms);
    const finished = sandbox.files.find(id, finishedAt);
    const body = finished && { file: present(sandbox, request, finished) };
    return accept(Response.json(body, { headers: { "x-goog-upload-status": "final" } }));
  });
}

/** `GET /files/{id}` */
export function readFile(sandbox: Sandbox, request: Request, id: string): Promise<Response> {
  return answerCall(sandbox, { wire: "google", name: "file_status", model: null, detail: { file: id } }, (fault) => {
    const file = sandbox.files.find(id, sandbox.now());
    if (file && file.finished_at !== null) return accept(Response.json(present(sandbox, request, file, fault)));
    const clip = sandbox.operations.findByFile(id, sandbox.now());
    return clip ? accept(Response.json(presentClip(sandbox, request, clip, fault))) : refuse(missingFile(id));
  });
}

/** `DELETE /files/{id}` */
export function deleteFile(sandbox: Sandbox, id: string): Promise<Response> {
  return answerCall(sandbox, { wire: "google", name: "file_delete", model: null, detail: { file: id } }, () => {
    const now = sandbox.now();
    if (!sandbox.files.find(id, now) && !sandbox.operations.findByFile(id, now)) return refuse(missingFile(id));
    sandbox.files.delete(id);
    sandbox.operations.deleteFile(id, now);
    return accept(Response.json({}));
  });
}

export function isActive(file: StoredFile, now: number): boolean {
  return file.active_at !== null && file.active_at <= now;
}

function missingFile(id: string): Response {
  return googleError("NOT_FOUND", `File files/${id} was not found.`);
}

function present(sandbox: Sandbox, request: Request, file: StoredFile, fault?: FaultName) {
  return {
    name: `files/${file.id}`,
    displayName: file.display_name,
    mimeType: file.content_type,
    sizeBytes: String(file.received),
    createTime: time(file.created_at),
    updateTime: time(file.finished_at ?? file.created_at),
    expirationTime: time(file.created_at + fileRetentionMilliseconds),
    uri: `${upstreamBase(request, "gemini")}/v1beta/files/${file.id}`,
    source: "UPLOADED",
    ...stateOf(isActive(file, sandbox.now()), fault),
  };
}

function presentClip(sandbox: Sandbox, request: Request, clip: StoredOperation, fault?: FaultName) {
  const uri = `${upstreamBase(request, "gemini")}/v1beta/files/${clip.file_id}`;
  return {
    name: `files/${clip.file_id}`,
    mimeType: "video/mp4",
    sizeBytes: String(clipBytes(clip).byteLength),
    createTime: time(clip.done_at),
    updateTime: time(clip.done_at),
    ...(clip.expires_at !== null && { expirationTime: time(clip.expires_at) }),
    uri,
    downloadUri: `${uri}:download?alt=media`,
    source: "GENERATED",
    ...stateOf(clip.active_at <= sandbox.now(), fault),
  };
}

function stateOf(isActive: boolean, fault: FaultName | undefined) {
  if (fault === "file_failed") {
    return { state: "FAILED", error: { code: 13, message: "The file could not be processed." } };
  }
  return { state: isActive && fault !== "still_processing" ? "ACTIVE" : "PROCESSING" };
}

function time(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

/** In the form of Google's own ids. */
function newFileId(): string {
  return crypto.randomUUID().replaceAll("-", "").slice(0, 12);
}
