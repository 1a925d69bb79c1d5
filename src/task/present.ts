/** From the stored state to what a client sees. Pure; nothing of an upstream's addresses or operations gets out. */
import { mediaPath } from "../video/media-path.ts";
import { chargedOf } from "./endings.ts";
import type { TaskState } from "./state.ts";
import type { TaskView } from "./view.ts";

/**
 * @param origin the origin the client used, for the links: `https://example.com`
 */
export function presentTask(state: TaskState, origin: string): TaskView {
  const clip = state.segments[0]?.clip ?? null;
  const videoUrl = clip && state.status === "succeeded" ? origin + mediaPath(clip.key) : null;
  return {
    task_id: state.task_id,
    status: state.status,
    sandbox: state.sandbox,
    created_at: isoTime(state.created_at),
    updated_at: isoTime(state.updated_at),
    expires_at: isoTime(state.expires_at),
    request: state.request,
    references: presentReferences(state, origin),
    step1_analysis: state.status === "queued" ? null : {
      images: state.images.map(({ analysis }) => analysis),
      video: state.video?.analysis ?? null,
      merged: state.merged,
    },
    step2_prompt: state.prompt,
    step3_video_generation: presentGeneration(state, videoUrl),
    cost: {
      estimate_usd: state.plan.estimate_usd,
      charged: chargedOf(state.segments),
      // One clip is the whole video, so what was charged is what was estimated.
      actual_usd: state.status === "succeeded" ? state.plan.estimate_usd : null,
      prices_as_of: state.plan.prices_as_of,
    },
    warnings: state.warnings,
    error: state.error,
    links: { self: `${origin}/veo31/status/${state.task_id}`, video: videoUrl },
  };
}

function presentReferences(state: TaskState, origin: string): TaskView["references"] {
  return {
    images: state.images.map(({ reference: { key, content_type, bytes, width, height } }) => ({
      url: origin + mediaPath(key),
      content_type,
      bytes,
      width,
      height,
    })),
    video: state.video && {
      url: origin + mediaPath(state.video.reference.key),
      content_type: state.video.reference.content_type,
      bytes: state.video.reference.bytes,
      width: state.video.reference.width,
      height: state.video.reference.height,
      duration_seconds: state.video.reference.duration_seconds,
    },
  };
}

function presentGeneration(state: TaskState, videoUrl: string | null): TaskView["step3_video_generation"] {
  const [segment] = state.segments;
  if (!segment) return null;
  const clip = videoUrl ? segment.clip : null;
  return {
    provider: state.plan.provider,
    model: state.plan.model,
    status: segment.status,
    segments: state.segments.map(({ kind, status, seconds, prompt }) => ({ kind, status, seconds, prompt })),
    video_url: videoUrl,
    duration_seconds: clip?.duration_seconds ?? null,
    width: clip?.width ?? null,
    height: clip?.height ?? null,
    content_type: clip ? "video/mp4" : null,
    bytes: clip?.bytes ?? null,
  };
}

function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
