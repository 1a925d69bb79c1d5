/** What is asked of Gemini Omni, as the body of `POST /v1beta/interactions`. Pure. */
import type { ClipRequest } from "./model.ts";
import type { MediaPart } from "./omni-attachments.ts";
import { textOfContinuation, textWithReferences } from "./omni-text.ts";

/**
 * In the background, because a clip takes minutes; stored, because otherwise neither a poll, an address nor an extension
 * would find it (the API refuses `delivery: "uri"` without it).
 */
const kept = { background: true, store: true };

/** A bare number of seconds is answered with 400: the length is a protobuf Duration. */
function videoOf({ resolution }: ClipRequest, seconds: number) {
  return { type: "video", resolution, duration: `${seconds}s`, delivery: "uri" };
}

/** @param media pictures first, then the excerpts of the reference video */
export function creation(request: ClipRequest, seconds: number, media: readonly MediaPart[]) {
  const pictures = media.filter(({ type }) => type === "image").length;
  return {
    model: request.model,
    input: [
      { type: "text", text: textWithReferences(request.prompt, pictures, media.length - pictures) },
      ...media,
    ],
    response_format: { ...videoOf(request, seconds), aspect_ratio: request.aspectRatio },
    generation_config: { video_config: { task: "reference_to_video" } },
    ...kept,
  };
}

/**
 * Continues what an interaction made. Never with an uploaded video, which is not available in Europe.
 *
 * Without a task: "previous_interaction_id is not allowed when video task is set"; without a ratio, which is the clip's
 * own: "Aspect ratio cannot be set in response format for extend task". Both are 400s measured by several projects from
 * July to September 2026, beside documentation that names `task: "extend"`. The length is that of what is added; what
 * comes back is all of it.
 */
export function continuation(request: ClipRequest, seconds: number, interaction: string) {
  return {
    model: request.model,
    previous_interaction_id: interaction,
    input: [{ type: "text", text: textOfContinuation(request.prompt) }],
    response_format: videoOf(request, seconds),
    ...kept,
  };
}
