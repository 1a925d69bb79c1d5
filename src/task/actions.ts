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
  | { readonly kind: "cancel_clip"; readonly index: number }
  | { readonly kind: "store_clip"; readonly index: number }
  | { readonly kind: "finish_video" }
  | { readonly kind: "forget_copy"; readonly index: number }
  | { readonly kind: "settle_spending" }
  | { readonly kind: "deliver_webhook" };

export interface Work {
  readonly action: Action;
  readonly job: Job;
}

/** Every piece of work that is open now, due or not. */
export function openWork(state: TaskState): Work[] {
  if (hasEnded(state)) {
    return [...openRemoval(state), ...openForgetting(state), ...openSettling(state), ...openDelivery(state)];
  }
  const open: Work[] = [];
  state.images.forEach((image, index) => {
    if (!image.analysis) open.push({ action: { kind: "analyse_image", index }, job: image.analyse });
  });
  const videoWork = openVideoWork(state);
  if (videoWork) open.push(videoWork);
  if (state.merged && state.segments.length === 0) {
    open.push({ action: { kind: "write_prompt" }, job: state.write_prompt });
  }
  return [...open, ...openClipWork(state)];
}

/** What is open with the clips; and when all that the video is made of are stored, the video itself. */
export function openClipWork(state: TaskState): Work[] {
  if (state.status === "awaiting_approval") return [];
  const open = state.segments.flatMap((segment, index) => openSegmentWork(segment, index, state));
  return isReadyToFinish(state) ? [...open, { action: { kind: "finish_video" }, job: state.finish }] : open;
}

function isReadyToFinish(state: TaskState): boolean {
  return state.video === null && state.ending === null && state.segments.length > 0 &&
    neededSegments(state).every(({ clip }) => clip !== null);
}

/**
 * The segments whose clips the video is made of. An extended clip holds everything before it; where one turns out to be
 * the continuation alone (the documentation of Veo on Vertex AI leaves that open), all of them are cut together.
 */
export function neededSegments({ plan, segments }: TaskState): Segment[] {
  const last = segments.at(-1);
  if (plan.structure !== "single_take" || !last) return segments;
  const isContinuationAlone = segments.length > 1 && last.clip !== null &&
    last.clip.duration_seconds < last.seconds + continuationToleranceSeconds;
  return isContinuationAlone ? segments : [last];
}

/** The shortest clip before an extension has 3 s, and lengths are exact to frames. */
const continuationToleranceSeconds = 1;

function openVideoWork(state: TaskState): Work | null {
  const { video_reference: video } = state;
  if (!video) return null;
  if (video.analysis) return openRemoval(state)[0] ?? null;
  if (video.reference.bytes <= inlineBytesMaximum || video.file_active) {
    return { action: { kind: "analyse_video" }, job: video.analyse };
  }
  if (video.file === null) return { action: { kind: "upload_video" }, job: video.upload };
  return { action: { kind: "check_video_file" }, job: video.check };
}

/** Google keeps a copy of an uploaded video for two days, unless it is told that nobody needs it. */
function openRemoval({ video_reference: video }: TaskState): Work[] {
  return video?.file ? [{ action: { kind: "remove_video_file" }, job: video.remove }] : [];
}

/** Some providers keep request and clip until they are told otherwise; an extension needs them as long as the task runs. */
function openForgetting({ copies }: TaskState): Work[] {
  return copies.flatMap(({ forget }, index) => forget ? [{ action: { kind: "forget_copy", index }, job: forget }] : []);
}

/** What was set aside and not spent is free again as soon as the task has ended. */
function openSettling({ spending }: TaskState): Work[] {
  return spending?.settle ? [{ action: { kind: "settle_spending" }, job: spending.settle }] : [];
}

/** Whoever wants to know of the end is told of it, and told again until it arrived or that is given up. */
function openDelivery({ webhook }: TaskState): Work[] {
  return webhook?.deliver ? [{ action: { kind: "deliver_webhook" }, job: webhook.deliver }] : [];
}

function openSegmentWork(segment: Segment, index: number, state: TaskState): Work[] {
  if (segment.status === "failed" || segment.clip) return [];
  if (segment.operation === null) {
    const isOpen = segment.submit.started_at !== null || mayBeAskedFor(segment, index, state);
    return isOpen ? [{ action: { kind: "submit_clip", index }, job: segment.submit }] : [];
  }
  if (segment.clip_file !== null) return [{ action: { kind: "store_clip", index }, job: segment.store }];
  const poll: Work = { action: { kind: "poll_clip", index }, job: segment.poll };
  return segment.cancel ? [{ action: { kind: "cancel_clip", index }, job: segment.cancel }, poll] : [poll];
}

/** Nothing new is paid for once the task will fail, and an extension waits for what it continues. */
function mayBeAskedFor({ kind }: Segment, index: number, { ending, segments }: TaskState): boolean {
  if (ending) return false;
  return kind === "generate" || (segments[index - 1]?.clip_file ?? null) !== null;
}

/** The actions to perform now. Those already under way are not among them. */
export function dueActions(state: TaskState, now: number): Action[] {
  return openWork(state).filter(({ job }) => isDue(job, now)).map(({ action }) => action);
}

/** When the next work becomes due that is not due yet, whole milliseconds since 1970; Infinity when there is none. */
export function nextDueAfter(state: TaskState | null, now: number): number {
  const later = (state ? openWork(state) : []).filter(({ job }) => job.started_at === null && job.not_before > now);
  return Math.ceil(Math.min(...later.map(({ job }) => job.not_before)));
}

/** The work that was under way when the process died: nobody knows how it ended. */
export function abandonedWork(state: TaskState | null): Work[] {
  const open = state ? openWork(state) : [];
  return open.filter(({ job }) => job.started_at !== null);
}
