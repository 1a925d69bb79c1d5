/** Gemini Omni Flash, played: creating an interaction, for a clip or for more of one. */
import { accept, answerCall, refuse } from "./answer-call.ts";
import { faultsOfAccepted, isOperationEnd } from "./calls.ts";
import { readElidedBody } from "./elide-long-strings.ts";
import { googleError, retiredModel } from "./google-errors.ts";
import { interactionError, unknownInteraction } from "./omni-errors.ts";
import { findMediaProblem, sampleOf } from "./omni-media.ts";
import { findInteraction, presentInteraction } from "./omni-read.ts";
import { mediaOf, type OmniRequest, promptOf, type ReadOmniRequest, readOmniRequest } from "./omni-request.ts";
import { findOmniProblem, isExtension, omniModels } from "./omni-rules.ts";
import type { StoredOperation } from "./operation-store.ts";
import type { Sandbox } from "./sandbox.ts";
import { type ClipOrder, findStartProblem, startClip } from "./start-clip.ts";
import { summarisePicture, summariseVideo } from "./summarise-media.ts";

/** `POST /interactions` */
export async function createInteraction(sandbox: Sandbox, request: Request): Promise<Response> {
  const json = await readElidedBody(request);
  const read: ReadOmniRequest = json.ok
    ? readOmniRequest(json.value)
    : { ok: false, message: "Invalid JSON payload received. Parsing terminated before end of input." };
  const plan = read.ok ? planClip(sandbox, read.asked) : interactionError(read.message);
  const call = {
    ...{ wire: "google", name: "submit", model: read.ok ? read.asked.model : null } as const,
    prompt: read.ok ? promptOf(read.asked) : undefined,
    immune: plan instanceof Response ? faultsOfAccepted : [],
    detail: { body_bytes: json.bytes, ...(read.ok && summarise(sandbox, read.asked)) },
  };
  return await answerCall(sandbox, call, (fault) => {
    if (plan instanceof Response) return refuse(plan);
    const id = startClip(sandbox, plan, isOperationEnd(fault) ? fault : null, "v1_");
    return accept(Response.json(presentInteraction({ id, model: plan.model, status: "in_progress" })));
  });
}

/** What the ledger keeps of a request. */
function summarise(sandbox: Sandbox, asked: OmniRequest) {
  const { response_format, generation_config: { video_config }, previous_interaction_id } = asked;
  return {
    prompt: promptOf(asked),
    parameters: { ...response_format, ...video_config },
    images: mediaOf(asked, "image").map(({ data, mime_type }) => summarisePicture(data, mime_type)),
    videos: mediaOf(asked, "video").map((video) => summariseVideo(sampleOf(sandbox, video), video.mime_type)),
    ...(previous_interaction_id !== undefined && { extends: previous_interaction_id }),
  };
}

/** @returns the clip to make, or the refusal */
function planClip(sandbox: Sandbox, asked: OmniRequest): ClipOrder | Response {
  const { model, response_format: { aspect_ratio: ratio = "16:9", resolution, duration, delivery } } = asked;
  if (sandbox.settings.retiredModels.includes(model)) return retiredModel(model);
  const limits = omniModels.get(model);
  if (!limits) return googleError("NOT_FOUND", `models/${model} is not found, or does not make videos.`);
  const problem = findOmniProblem(asked, limits);
  if (problem !== null) return interactionError(problem);
  if (!isPlayed(asked)) {
    const message = "The sandbox makes and extends clips in the background; the real one can also edit them.";
    return googleError("UNIMPLEMENTED", message);
  }
  const source = isExtension(asked) ? findSource(sandbox, asked, limits.videoSecondsMaximum) : null;
  if (source instanceof Response) return source;
  const aspect_ratio = source?.aspect_ratio ?? ratio;
  const shape = { aspect_ratio, resolution, seconds: duration + (source?.seconds ?? 0) };
  const prompt = promptOf(asked);
  return findMediaProblem(sandbox, asked.input.filter((part) => part.type !== "text")) ??
    findStartProblem(sandbox, shape) ??
    { dialect: "omni", model, prompt, shape, source, samples: 1, delivery, storage_uri: null };
}

/** Whether the sandbox can do what is asked: in the background, something new, or more of what an interaction made. */
function isPlayed(asked: OmniRequest): boolean {
  const { background, generation_config: { video_config: { task } } } = asked;
  return background && task !== "edit" && task !== "extend" && task !== "upscale";
}

/** @returns the interaction whose video is extended, or the refusal */
function findSource(sandbox: Sandbox, asked: OmniRequest, secondsMaximum: number): StoredOperation | Response {
  const source = findInteraction(sandbox, asked.previous_interaction_id ?? "");
  if (!source) return unknownInteraction();
  const now = sandbox.now();
  if (source.done_at > now) return interactionError("The previous interaction is still in progress.");
  if (!sandbox.operations.findByFile(source.file_id, now)) {
    return interactionError("The previous interaction has no video, or it has expired.");
  }
  const seconds = source.seconds + asked.response_format.duration;
  if (seconds <= secondsMaximum) return source;
  return interactionError(`An extended video can be ${secondsMaximum} seconds long, but would be: ${seconds} seconds.`);
}
