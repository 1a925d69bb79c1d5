/** From the stored state to what a client sees. Pure; nothing of an upstream's addresses or operations gets out. */
import { mediaPath } from "../video/media-path.ts";
import { isCancellable } from "./cancel.ts";
import { actualUsd, atLeastUsd, atMostUsd, chargedOf } from "./cost.ts";
import { presentPlan } from "./present-plan.ts";
import { isRedeliverable } from "./redeliver.ts";
import { presentWebhook } from "./present-webhook.ts";
import { presentWaiting } from "./present-waiting.ts";
import type { Segment, TaskState } from "./state.ts";
import { arrivalsOf } from "./timeline.ts";
import type { TaskView } from "./view.ts";

/**
 * @param origin the origin the client used, for the links: `https://example.com`
 */
export function presentTask(state: TaskState, origin: string): TaskView {
  return { ...presentContent(state, (key) => origin + mediaPath(key)), links: presentLinks(state, origin) };
}

/** Where the file of a key can be had. */
export type AddressOfFile = (key: string) => string;

/** All of the task but its links, which only a service has. */
export function presentContent(state: TaskState, addressOf: AddressOfFile): Omit<TaskView, "links"> {
  return {
    task_id: state.task_id,
    status: state.status,
    sandbox: state.sandbox,
    created_at: isoTime(state.created_at),
    timeline: arrivalsOf(state).map(({ status, at }) => ({ status, at: isoTime(at) })),
    updated_at: isoTime(state.updated_at),
    expires_at: isoTime(state.expires_at),
    request: state.request,
    plan: presentPlan(state.plan),
    references: presentReferences(state, addressOf),
    step1_analysis: state.status === "queued" ? null : {
      images: state.images.map(({ analysis }) => analysis),
      video: state.video_reference?.analysis ?? null,
      merged: state.merged,
    },
    step2_prompt: presentPrompts(state.segments),
    approve_by: state.approve_by === null ? null : isoTime(state.approve_by),
    step3_video_generation: presentGeneration(state, addressOf),
    cost: {
      estimate_usd: state.plan.estimate_usd,
      charged: chargedOf(state.segments),
      actual_usd: actualUsd(state),
      at_least_usd: atLeastUsd(state),
      at_most_usd: atMostUsd(state),
      prices_as_of: state.plan.prices_as_of,
    },
    waiting: presentWaiting(state),
    warnings: state.warnings,
    error: state.error,
    webhook: presentWebhook(state),
  };
}

function presentLinks(state: TaskState, origin: string): TaskView["links"] {
  const task = `${origin}/veo31/tasks/${state.task_id}`;
  const self = `${origin}/veo31/status/${state.task_id}`;
  return {
    self,
    events: `${self}/events`,
    video: state.video && origin + mediaPath(state.video.key),
    approve: state.status === "awaiting_approval" ? `${task}/approve` : null,
    cancel: isCancellable(state) ? `${task}/cancel` : null,
    redeliver: isRedeliverable(state) ? `${task}/redeliver` : null,
  };
}

function presentPrompts(segments: readonly Segment[]): string | null {
  const [only] = segments;
  if (!only) return null;
  if (segments.length === 1) return only.prompt;
  return segments.map(({ kind, shown_seconds, prompt }, index) => {
    const name = kind === "extend" ? "continued for" : "shown for";
    return `${index + 1} of ${segments.length}, ${name} ${shown_seconds} s:\n${prompt}`;
  }).join("\n\n");
}

function presentReferences(state: TaskState, addressOf: AddressOfFile): TaskView["references"] {
  const { video_reference: video } = state;
  return {
    images: state.images.map(({ reference: { key, content_type, bytes, width, height } }) => ({
      url: addressOf(key),
      content_type,
      bytes,
      width,
      height,
    })),
    video: video && {
      url: addressOf(video.reference.key),
      content_type: video.reference.content_type,
      bytes: video.reference.bytes,
      width: video.reference.width,
      height: video.reference.height,
      duration_seconds: video.reference.duration_seconds,
    },
  };
}

function presentGeneration(state: TaskState, addressOf: AddressOfFile): TaskView["step3_video_generation"] {
  const { plan, segments, video } = state;
  if (segments.length === 0) return null;
  return {
    provider: plan.provider,
    model: plan.model,
    status: generationStatus(state),
    segments: segments.map(({ kind, status, seconds, shown_seconds, prompt, excerpts, clip }) => ({
      ...{ kind, status, seconds, shown_seconds, prompt, excerpts },
      video_url: clip && addressOf(clip.key),
    })),
    video_url: video && addressOf(video.key),
    original_url: video?.original ? addressOf(video.original.key) : null,
    duration_seconds: video?.duration_seconds ?? null,
    width: video?.width ?? null,
    height: video?.height ?? null,
    content_type: video ? "video/mp4" : null,
    bytes: video?.bytes ?? null,
  };
}

function generationStatus({ status, segments }: TaskState): Segment["status"] {
  if (status === "succeeded") return "succeeded";
  if (status === "failed" || status === "canceled") return "failed";
  return segments.some((segment) => segment.status !== "pending") ? "running" : "pending";
}

function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
