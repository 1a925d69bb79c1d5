/** Veo 3.1 on the Gemini API, played: reading the operation of a clip, and fetching it. */
import { accept, answerCall, breakingStream, refuse } from "./answer-call.ts";
import { type FaultName, faultsOfTheEnd, isOperationEnd, type OperationEnd } from "./calls.ts";
import { clipBytes } from "./clips.ts";
import { googleError } from "./google-errors.ts";
import { upstreamBase } from "./links.ts";
import type { StoredOperation } from "./operation-store.ts";
import type { Sandbox } from "./sandbox.ts";

/** `GET /models/{model}/operations/{id}` */
export function readOperation(sandbox: Sandbox, request: Request, model: string, id: string): Promise<Response> {
  const operation = sandbox.operations.find(id);
  const isOver = operation !== undefined && operation.done_at <= sandbox.now();
  const call = {
    ...{ wire: "google", name: "poll", model, detail: { operation: id } } as const,
    prompt: operation?.prompt,
    immune: isOver ? [] : faultsOfTheEnd,
  };
  return answerCall(sandbox, call, (fault) => {
    if (!operation || operation.model !== model) {
      return refuse(googleError("NOT_FOUND", `Operation models/${model}/operations/${id} was not found.`));
    }
    const name = `models/${model}/operations/${id}`;
    if (!isOver || fault === "still_running") return accept(Response.json({ name }));
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
  const call = {
    ...{ wire: "google", name: "download", detail: { file: fileId } } as const,
    model: operation?.model ?? null,
    prompt: operation?.prompt,
  };
  return answerCall(sandbox, call, (fault) => {
    if (!operation) {
      return refuse(googleError("NOT_FOUND", `File files/${fileId} was not found or cannot be downloaded.`));
    }
    return accept(clipResponse(clipBytes(operation), fault));
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
