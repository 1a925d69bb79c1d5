/** Veo 3.1 on Vertex AI, played: reading the operation of a clip. */
import { z } from "zod";
import { accept, answerCall, refuse } from "./answer-call.ts";
import { type FaultName, faultsOfOtherDialects, faultsOfTheEnd, isOperationEnd } from "./calls.ts";
import { clipBytes } from "./clips.ts";
import { googleError } from "./google-errors.ts";
import { InlineVideo, jsonWithVideos, largeVideoBytes } from "./inline-video.ts";
import type { StoredOperation } from "./operation-store.ts";
import type { Sandbox } from "./sandbox.ts";
import { type PublisherModel, publisherModelName } from "./vertex-model.ts";
import { storedAt } from "./vertex-storage.ts";

const requestSchema = z.strictObject({ operationName: z.string() });

/** `POST …/models/{model}:fetchPredictOperation`. A GET of the operation's name is not known there. */
export async function readPrediction(sandbox: Sandbox, request: Request, asked: PublisherModel): Promise<Response> {
  const body = requestSchema.safeParse(await request.json().catch(() => null));
  const name = body.data?.operationName ?? "";
  const operation = findOperation(sandbox, asked, name);
  const isOver = operation !== undefined && operation.done_at <= sandbox.now();
  const call = {
    ...{ wire: "google", name: "poll", model: asked.model, detail: { operation: name } } as const,
    prompt: operation?.prompt,
    immune: isOver ? faultsOfOtherDialects.vertex : faultsOfTheEnd,
  };
  return await answerCall(sandbox, call, (fault) => {
    if (!body.success) return refuse(googleError("INVALID_ARGUMENT", "Invalid value at 'operation_name'."));
    if (!operation) return refuse(googleError("NOT_FOUND", `The operation ${name} was not found.`));
    if (!isOver || fault === "still_running") return accept(Response.json({ name }));
    return accept(endOfOperation(name, operation, fault));
  });
}

function findOperation(sandbox: Sandbox, asked: PublisherModel, name: string): StoredOperation | undefined {
  const prefix = `${publisherModelName(asked)}/operations/`;
  const operation = name.startsWith(prefix) ? sandbox.operations.find(name.slice(prefix.length)) : undefined;
  return operation?.dialect === "vertex" && operation.model === asked.model ? operation : undefined;
}

const feedback = "If you think this was an error, send feedback.";

/** Only the codes tell what it was about: another's work, the video's safety, something else. */
const filterReasons = {
  filtered_prompt: "The prompt could not be submitted. This prompt contains words that violate Vertex AI's usage " +
    `guidelines. Try rephrasing the prompt. ${feedback} Support codes: 35561574`,
  filtered_output: "Veo could not generate 1 videos based on the prompt provided. You will not be charged for this " +
    `request. Try rephrasing the prompt. ${feedback} Support codes: 42237218`,
  filtered_audio: "We encountered an issue with the audio for your prompt, and could not create the video. You will " +
    `not be charged for this attempt. ${feedback} Support codes: 74803281`,
};

const responseType = "type.googleapis.com/cloud.ai.large_models.vision.GenerateVideoResponse";

function endOfOperation(name: string, operation: StoredOperation, fault: FaultName | undefined): Response {
  const end = fault === "filtered_flat" || fault === "filtered_with_code"
    ? "filtered_output"
    : [fault, operation.ending].find(isOperationEnd) ?? null;
  if (end === "operation_error") {
    const message = "Video generation failed due to an internal server issue. Please try again later.";
    return Response.json({ name, done: true, error: { code: 13, message, details: [] } });
  }
  const answer = (response: object) => ({ name, done: true, response: { "@type": responseType, ...response } });
  if (end === "no_samples") return Response.json(answer({ raiMediaFilteredCount: 0 }));
  if (end !== null) {
    const raiMediaFilteredCount = operation.samples;
    return Response.json(answer({ raiMediaFilteredCount, raiMediaFilteredReasons: [filterReasons[end]] }));
  }
  const inside = insideVideos(operation, fault);
  const videos = inside.length > 0
    ? inside.map((bytesBase64Encoded) => ({ bytesBase64Encoded, mimeType: "video/mp4" }))
    : addressesOf(operation, fault).map((gcsUri) => ({ gcsUri, mimeType: "video/mp4" }));
  return jsonWithVideos(answer({ raiMediaFilteredCount: 0, videos }), inside);
}

function insideVideos(operation: StoredOperation, fault: FaultName | undefined): InlineVideo[] {
  const isLarge = fault === "large_inline_video";
  if (operation.delivery === "uri" && !isLarge && fault !== "inline_video") return [];
  const clip = clipBytes(operation);
  return Array.from({ length: operation.samples }, () => new InlineVideo(clip, isLarge ? largeVideoBytes : 0));
}

function addressesOf(operation: StoredOperation, fault: FaultName | undefined): string[] {
  const addresses = Array.from({ length: operation.samples }, (_, sample) => storedAt(operation, sample));
  return fault === "foreign_uri" ? addresses.map((uri) => uri.replace(/^gs:\/\/[^/]+/, "gs://elsewhere")) : addresses;
}
