/** Gemini Omni Flash, played: reading an interaction. */
import { accept, answerCall, refuse, type Worked } from "./answer-call.ts";
import { type FaultName, faultsOfTheEnd, isOperationEnd } from "./calls.ts";
import { clipBytes } from "./clips.ts";
import { InlineVideo, jsonWithVideos, largeVideoBytes } from "./inline-video.ts";
import { upstreamBase } from "./links.ts";
import { unknownInteraction } from "./omni-errors.ts";
import type { StoredOperation } from "./operation-store.ts";
import type { Sandbox } from "./sandbox.ts";

const videoTokensPerSecond = 5_792;

/** What is known of an interaction by its id: of this dialect, and not deleted. */
export function findInteraction(sandbox: Sandbox, id: string): StoredOperation | undefined {
  const operation = sandbox.operations.find(id);
  return operation?.dialect === "omni" && operation.forgotten_at === null ? operation : undefined;
}

/** An interaction as all answers show it. */
export function presentInteraction(
  interaction: { readonly id: string; readonly model: string; readonly status: string } & Record<string, unknown>,
) {
  return { object: "interaction", role: "model", ...interaction };
}

/** `GET /interactions/{id}` */
export function readInteraction(sandbox: Sandbox, request: Request, id: string): Promise<Response> {
  const operation = findInteraction(sandbox, id);
  const isOver = operation !== undefined && operation.done_at <= sandbox.now();
  const call = {
    ...{ wire: "google", name: "poll", model: operation?.model ?? null, detail: { operation: id } } as const,
    prompt: operation?.prompt,
    immune: isOver && operation.ending !== "cancelled" ? [] : faultsOfTheEnd,
  };
  return answerCall(sandbox, call, (fault): Worked => {
    if (!operation) return refuse(unknownInteraction());
    const { model } = operation;
    if (!isOver || fault === "still_running") {
      return accept(Response.json(presentInteraction({ id, model, status: "in_progress" })));
    }
    if (operation.ending === "cancelled") {
      return accept(Response.json(presentInteraction({ id, model, status: "cancelled" })));
    }
    return accept(endOfInteraction(operation, fault, request));
  });
}

/** Sentences in place of a video; nothing else says that it was withheld. */
const refusals = {
  filtered_prompt: "I can't create a video from this request, because it goes against the usage guidelines.",
  filtered_output: "I can't show the video that I made for this, because it goes against the usage guidelines.",
  filtered_audio: "I can't create a video with this sound.",
};

function endOfInteraction(operation: StoredOperation, fault: FaultName | undefined, request: Request): Response {
  const present = (status: string, more: object = {}) =>
    presentInteraction({ id: operation.id, model: operation.model, status, ...more });
  if (fault === "incomplete" || fault === "budget_exceeded") {
    return Response.json(present(fault, { steps: stepsOf([]) }));
  }
  const end = fault === "filtered_flat" || fault === "filtered_with_code"
    ? "filtered_output"
    : [fault, operation.ending].find(isOperationEnd) ?? null;
  if (end === "operation_error") {
    const errors = [{ code: "internal_error", message: "An internal error has occurred." }];
    return Response.json(present("failed", { errors, steps: stepsOf([]) }));
  }
  if (end !== null) {
    const content = end === "no_samples" ? [] : [{ type: "text", text: refusals[end] }];
    return Response.json(present("completed", { steps: stepsOf(content), usage: usageOf("text", 24) }));
  }
  const inside = insideVideo(operation, fault);
  const address = addressOf(operation, fault, request);
  const video = { type: "video", mime_type: "video/mp4", ...(inside ? { data: inside } : { uri: address }) };
  const usage = usageOf("video", videoTokensPerSecond * operation.seconds);
  return jsonWithVideos(present("completed", { steps: stepsOf([video]), usage }), inside ? [inside] : []);
}

function stepsOf(content: readonly object[]) {
  return [
    { type: "user_input" },
    { type: "thought", signature: "c2FuZGJveA==" },
    { type: "model_output", content },
  ];
}

function usageOf(modality: string, tokens: number) {
  return { total_output_tokens: tokens, output_tokens_by_modality: [{ modality, tokens }] };
}

function insideVideo(operation: StoredOperation, fault: FaultName | undefined): InlineVideo | null {
  const isLarge = fault === "large_inline_video";
  if (operation.delivery === "uri" && !isLarge && fault !== "inline_video") return null;
  return new InlineVideo(clipBytes(operation), isLarge ? largeVideoBytes : 0);
}

function addressOf({ file_id }: StoredOperation, fault: FaultName | undefined, request: Request): string {
  const base = fault === "foreign_uri" ? "https://elsewhere.invalid" : upstreamBase(request, "gemini");
  return `${base}/v1beta/files/${file_id}:download?alt=media`;
}
