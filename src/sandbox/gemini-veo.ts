/** Veo 3.1 on the Gemini API, played: reading the operation of a clip. */
import { accept, answerCall, refuse } from "./answer-call.ts";
import { type FaultName, faultsOfOtherDialects, faultsOfTheEnd, isOperationEnd, type OperationEnd } from "./calls.ts";
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
    immune: isOver ? faultsOfOtherDialects.gemini : faultsOfTheEnd,
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

const withheld = "The generated video was filtered because it might violate the usage guidelines. " +
  "You will not be charged for this attempt.";

const filterReasons = {
  filtered_prompt: "The prompt could not be submitted. It contains words that violate the usage guidelines. " +
    "Try rephrasing the prompt.",
  filtered_output: withheld,
  filtered_audio: "We encountered an issue with the audio for your prompt, and could not create the video. " +
    "You will not be charged for this attempt. Please try again, or modify your prompt.",
};

/** Vertex AI's words for a video that its filter withheld (DaWe35/image-router#41); only the code tells that. */
const withheldWithCode = "Veo could not generate 1 videos based on the prompt provided. You will not be charged for " +
  "this request. Try rephrasing the prompt. If you think this was an error, send feedback. Support codes: 42237218";

function endOfOperation({ ending, file_id }: StoredOperation, fault: FaultName | undefined, base: string) {
  const end = [fault, ending].find(isOperationEnd) ?? null;
  if (end === "operation_error") {
    return { error: { code: 13, message: "Video generation failed due to an internal server issue.", details: [] } };
  }
  const type = "type.googleapis.com/google.ai.generativelanguage.v1beta.PredictLongRunningResponse";
  if (fault === "filtered_flat") return { response: { "@type": type, ...filteredFor(withheld) } };
  const generateVideoResponse = fault === "filtered_with_code"
    ? filteredFor(withheldWithCode)
    : samplesOf(end, `${base}/v1beta/files/${file_id}:download?alt=media`);
  return { response: { "@type": type, generateVideoResponse } };
}

function samplesOf(end: Exclude<OperationEnd, "operation_error"> | null, uri: string) {
  if (end === null) return { generatedSamples: [{ video: { uri } }] };
  if (end === "no_samples") return {};
  return filteredFor(filterReasons[end]);
}

function filteredFor(reason: string) {
  return { raiMediaFilteredCount: 1, raiMediaFilteredReasons: [reason] };
}
