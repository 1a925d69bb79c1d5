/** What a task does next. Pure: the Durable Object asks which actions are due, and performs them. */
import { inlineBytesMaximum } from "../analysis/video-limits.ts";
import { isDue } from "./job.ts";
import type { Job, Segment, TaskState } from "./state.ts";
import { hasEnded } from "./status.ts";

export type Action =
  | { readonly kind: "analyse_image"; readonly index: number }
  | { readonly kind: "upload_video" }
  | { readonly kind: "check_video_file" }
  | { readonly kind: "analyse_video" }
  | { readonly kind: "remove_video_file" }
  | { readonly kind: "write_prompt" }
  | { readonly kind: "submit_clip"; readonly index: number }
  | { readonly kind: "poll_clip"; readonly index: number }
  | { readonly kind: "store_clip"; readonly index: number };

export interface Work {
  readonly action: Action;
  readonly job: Job;
}

/** Every piece of work that is open now, due or not. */
export function openWork(state: TaskState): Work[] {
  if (hasEnded(state)) return [];
  const open: Work[] = [];
  state.images.forEach((image, index) => {
    if (!image.analysis) open.push({ action: { kind: "analyse_image", index }, job: image.analyse });
  });
  const videoWork = openVideoWork(state);
  if (videoWork) open.push(videoWork);
  if (state.merged && state.prompt === null) open.push({ action: { kind: "write_prompt" }, job: state.write_prompt });
  state.segments.forEach((segment, index) => {
    const work = openSegmentWork(segment, index);
    if (work) open.push(work);
  });
  return open;
}

function openVideoWork({ video }: TaskState): Work | null {
  if (!video) return null;
  if (video.analysis) return video.file && { action: { kind: "remove_video_file" }, job: video.remove };
  if (video.reference.bytes <= inlineBytesMaximum || video.file_active) {
    return { action: { kind: "analyse_video" }, job: video.analyse };
  }
  if (video.file === null) return { action: { kind: "upload_video" }, job: video.upload };
  return { action: { kind: "check_video_file" }, job: video.check };
}

function openSegmentWork(segment: Segment, index: number): Work | null {
  if (segment.status === "failed" || segment.clip) return null;
  if (segment.operation === null) return { action: { kind: "submit_clip", index }, job: segment.submit };
  if (segment.clip_file === null) return { action: { kind: "poll_clip", index }, job: segment.poll };
  return { action: { kind: "store_clip", index }, job: segment.store };
}

/** The actions to perform now. Those already under way are not among them. */
export function dueActions(state: TaskState, now: number): Action[] {
  return openWork(state).filter(({ job }) => isDue(job, now)).map(({ action }) => action);
}

/** When the next work that is not under way becomes due, milliseconds since 1970; Infinity when there is none. */
export function nextDueAt(state: TaskState): number {
  return Math.min(...openWork(state).filter(({ job }) => job.started_at === null).map(({ job }) => job.not_before));
}

/** The work that was under way when the process died: nobody knows how it ended. */
export function abandonedActions(state: TaskState): Action[] {
  return openWork(state).filter(({ job }) => job.started_at !== null).map(({ action }) => action);
}
