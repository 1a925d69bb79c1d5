/** Small changes of a task's state, each giving a new state. Pure. */
import type { Charged } from "../errors.ts";
import type { Fault } from "../upstream/outcome.ts";
import type { Action } from "./actions.ts";
import { afterFault } from "./job.ts";
import type { Job, Segment, TaskState } from "./state.ts";

type ImageState = TaskState["images"][number];
type CopyState = TaskState["copies"][number];
type VideoState = NonNullable<TaskState["video_reference"]>;

export function withImage(state: TaskState, index: number, change: (image: ImageState) => ImageState): TaskState {
  return { ...state, images: state.images.map((image, at) => at === index ? change(image) : image) };
}

export function withVideo(state: TaskState, change: (video: VideoState) => VideoState): TaskState {
  const { video_reference: video } = state;
  return video ? { ...state, video_reference: change(video) } : state;
}

export function withSegment(state: TaskState, index: number, change: (segment: Segment) => Segment): TaskState {
  return { ...state, segments: state.segments.map((segment, at) => at === index ? change(segment) : segment) };
}

export function withCopy(state: TaskState, index: number, change: (copy: CopyState) => CopyState): TaskState {
  return { ...state, copies: state.copies.map((copy, at) => at === index ? change(copy) : copy) };
}

/** @param charged whether the present try for a clip cost money */
export function withCharged(state: TaskState, index: number, charged: Charged): TaskState {
  return withSegment(state, index, (segment) => ({ ...segment, charged }));
}

/** The state with the action's next try put off, because of a fault. */
export function withFault(state: TaskState, action: Action, fault: Fault, now: number): TaskState {
  const position = "index" in action ? action.index : 0;
  return withJob(state, action, (job) => afterFault(job, fault, now, `${state.task_id} ${action.kind} ${position}`));
}

/** The state with the job behind an action changed. */
export function withJob(state: TaskState, action: Action, change: (job: Job) => Job): TaskState {
  switch (action.kind) {
    case "analyse_image":
      return withImage(state, action.index, (image) => ({ ...image, analyse: change(image.analyse) }));
    case "upload_video":
      return withVideo(state, (video) => ({ ...video, upload: change(video.upload) }));
    case "check_video_file":
      return withVideo(state, (video) => ({ ...video, check: change(video.check) }));
    case "analyse_video":
      return withVideo(state, (video) => ({ ...video, analyse: change(video.analyse) }));
    case "remove_video_file":
      return withVideo(state, (video) => ({ ...video, remove: change(video.remove) }));
    case "write_prompt":
      return { ...state, write_prompt: change(state.write_prompt) };
    case "submit_clip":
      return withSegment(state, action.index, (segment) => ({ ...segment, submit: change(segment.submit) }));
    case "poll_clip":
      return withSegment(state, action.index, (segment) => ({ ...segment, poll: change(segment.poll) }));
    case "store_clip":
      return withSegment(state, action.index, (segment) => ({ ...segment, store: change(segment.store) }));
    case "cancel_clip":
      return withSegment(state, action.index, (segment) => ({
        ...segment,
        cancel: segment.cancel && change(segment.cancel),
      }));
    case "forget_copy":
      return withCopy(state, action.index, (copy) => ({ ...copy, forget: copy.forget && change(copy.forget) }));
    case "finish_video":
      return { ...state, finish: change(state.finish) };
    case "settle_spending":
      return withSettle(state, change);
    case "deliver_webhook":
      return withDeliver(state, change);
  }
}

function withDeliver(state: TaskState, change: (job: Job) => Job): TaskState {
  const { webhook } = state;
  return webhook ? { ...state, webhook: { ...webhook, deliver: webhook.deliver && change(webhook.deliver) } } : state;
}

function withSettle(state: TaskState, change: (job: Job) => Job): TaskState {
  const { spending } = state;
  return spending ? { ...state, spending: { ...spending, settle: spending.settle && change(spending.settle) } } : state;
}
