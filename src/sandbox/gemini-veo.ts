/** Veo 3.1 on the Gemini API, played: asking for a clip, reading its operation, fetching it. */
import { accept, answerCall, breakingStream, refuse, type Worked } from "./answer-call.ts";
import { type FaultName, isOperationEnd, type OperationEnd } from "./calls.ts";
import { clipBytes, findClip } from "./clips.ts";
import { readElidedJson } from "./elide-long-strings.ts";
import { googleError } from "./google-errors.ts";
import { upstreamBase } from "./links.ts";
import type { StoredOperation } from "./operation-store.ts";
import { readPicture } from "./picture.ts";
import { decodeSample } from "./sampled-bytes.ts";
import type { Sandbox } from "./sandbox.ts";
import { imagesOf, type ReadVeoRequest, readVeoRequest, type VeoImage } from "./veo-request.ts";
import { findVeoProblem } from "./veo-rules.ts";

/** `POST /models/{model}:predictLongRunning`, for a model that is known. */
export async function startOperation(sandbox: Sandbox, request: Request, model: string): Promise<Response> {
  const declared = request.headers.get("content-length");
  const json = await readElidedJson(request.body, declared === null ? null : Number(declared));
  const read: ReadVeoRequest = json.ok
    ? readVeoRequest(json.value)
    : { ok: false, message: "Invalid JSON payload received. Parsing terminated before end of input." };
  const detail = { body_bytes: json.bytes, ...(read.ok && summarise(read)) };
  return await answerCall(sandbox, { wire: "google", name: "submit", model, detail }, (fault) => {
    if (!read.ok) return refuse(googleError("INVALID_ARGUMENT", read.message));
    const { instance, parameters } = read;
    const problem = findVeoProblem({ model, instance, parameters });
    if (problem !== null) return refuse(googleError("INVALID_ARGUMENT", problem));
    const clip = findClip(parameters.aspectRatio, parameters.resolution, parameters.durationSeconds);
    if (clip === undefined || instance.video) {
      return refuse(googleError("UNIMPLEMENTED", "The sandbox has no 4k clips and extends none; the real Veo does."));
    }
    return submit(sandbox, model, clip, isOperationEnd(fault) ? fault : null);
  });
}

/** What the ledger keeps of a request. */
function summarise({ instance, parameters }: ReadVeoRequest & { ok: true }) {
  return { prompt: instance.prompt?.head, parameters, images: imagesOf(instance).map(summariseImage) };
}

function summariseImage({ bytesBase64Encoded, mimeType }: VeoImage) {
  const sample = decodeSample(bytesBase64Encoded);
  const size = sample && readPicture(sample)?.size;
  return {
    mime_type: mimeType,
    bytes: sample?.length ?? null,
    width: size?.width ?? null,
    height: size?.height ?? null,
  };
}

function submit(sandbox: Sandbox, model: string, clip: string, ending: OperationEnd | null): Worked {
  const id = newId();
  const startedAt = sandbox.now();
  sandbox.operations.add({
    ...{ id, model, clip, ending, file_id: newId(), started_at: startedAt },
    done_at: startedAt + sandbox.settings.latencies.clip_ms,
  });
  return accept(Response.json({ name: `models/${model}/operations/${id}` }));
}

/** `GET /models/{model}/operations/{id}` */
export function readOperation(sandbox: Sandbox, request: Request, model: string, id: string): Promise<Response> {
  const call = { wire: "google", name: "poll", model, detail: { operation: id } } as const;
  return answerCall(sandbox, call, (fault) => {
    const operation = sandbox.operations.find(id);
    if (!operation || operation.model !== model) {
      return refuse(googleError("NOT_FOUND", `Operation models/${model}/operations/${id} was not found.`));
    }
    const name = `models/${model}/operations/${id}`;
    if (sandbox.now() < operation.done_at || fault === "still_running") return accept(Response.json({ name }));
    const base = fault === "foreign_uri" ? "https://elsewhere.invalid" : upstreamBase(request, "gemini");
    return accept(Response.json({ name, done: true, ...endOfOperation(operation, fault, base) }));
  });
}

const filterReasons = {
  filtered_prompt: "The prompt could not be submitted. It contains words that violate the usage guidelines. " +
    "Try rephrasing the prompt.",
  filtered_output: "The generated video was filtered because it might violate the usage guidelines. " +
    "You will not be charged for this attempt.",
  filtered_audio: "We encountered an issue with the audio for your prompt, and could not create the video. " +
    "You will not be charged for this attempt. Please try again, or modify your prompt.",
};

function endOfOperation({ ending, file_id }: StoredOperation, fault: FaultName | undefined, base: string) {
  const end = isOperationEnd(fault) ? fault : ending;
  if (end === "operation_error") {
    return { error: { code: 13, message: "Video generation failed due to an internal server issue.", details: [] } };
  }
  return {
    response: {
      "@type": "type.googleapis.com/google.ai.generativelanguage.v1beta.PredictLongRunningResponse",
      generateVideoResponse: samplesOf(end, `${base}/v1beta/files/${file_id}:download?alt=media`),
    },
  };
}

function samplesOf(end: Exclude<OperationEnd, "operation_error"> | null, uri: string) {
  if (end === null) return { generatedSamples: [{ video: { uri } }] };
  if (end === "no_samples") return {};
  return { raiMediaFilteredCount: 1, raiMediaFilteredReasons: [filterReasons[end]] };
}

/** `GET /files/{id}:download?alt=media`. Whether the real one knows ranges is not documented, so this one does not. */
export function downloadClip(sandbox: Sandbox, fileId: string): Promise<Response> {
  const operation = sandbox.operations.findByFile(fileId, sandbox.now());
  const call = { wire: "google", name: "download", model: operation?.model ?? null, detail: { file: fileId } } as const;
  return answerCall(sandbox, call, (fault) => {
    if (!operation) {
      return refuse(googleError("NOT_FOUND", `File files/${fileId} was not found or cannot be downloaded.`));
    }
    return accept(clipResponse(clipBytes(operation.clip), fault));
  });
}

function clipResponse(clip: Uint8Array, fault: FaultName | undefined): Response {
  const headers = { "content-type": "video/mp4", "content-length": String(clip.byteLength) };
  const half = clip.slice(0, Math.floor(clip.byteLength / 2));
  if (fault === "truncated_download") return new Response(breakingStream(half), { headers });
  if (fault === "short_download") {
    // A stream without a known length goes out in chunks, so nothing tells that the end came too early.
    return new Response(new Blob([half]).stream(), { headers: { "content-type": "video/mp4" } });
  }
  return new Response(clip, { headers });
}

/** In the form of Google's own ids. */
function newId(): string {
  return crypto.randomUUID().replaceAll("-", "").slice(0, 12);
}
