/**
 * What follows from what happened. Pure: (state, event, now) → state.
 *
 * The stages follow from the work: when the last analysis arrived the merge is made and the prompts are due, when they
 * are there the clips are due (or the prompts wait for approval), when the clips are in R2 the video is made of them,
 * and with it the task has succeeded. Every try is bounded in time and every piece of work in tries or by a deadline, so
 * every task ends.
 */
import type { ImageAnalysis, VideoAnalysis } from "../analysis/schema.ts";
import type { UploadedFile } from "../upstream/google-files.ts";
import { failed, type Outcome } from "../upstream/outcome.ts";
import type { Sent } from "../webhooks/delivery.ts";
import type { ClipStatus, Operation } from "../veo/model.ts";
import type { Action, Work } from "./actions.ts";
import { withFault, withJob, withSegment } from "./change.ts";
import { begun } from "./job.ts";
import { settleClipPolled } from "./settle-poll.ts";
import { settleClipStored } from "./settle-store.ts";
import { settleClipSubmitted } from "./settle-submit.ts";
import {
  settleImageAnalysed,
  settlePromptsWritten,
  settleVideoAnalysed,
  settleVideoFileChecked,
  settleVideoFileRemoved,
  settleVideoUploaded,
} from "./settle-preparation.ts";
import { settleCancelAsked, settleCopyForgotten } from "./settle-upstream-copy.ts";
import { settleSpendingSettled } from "./settle-spending.ts";
import { settleWebhookSent } from "./settle-webhook.ts";
import { settleVideoFinished } from "./settle-video.ts";
import type { FinishedVideo, StoredClip, TaskState } from "./state.ts";
import { hasEnded } from "./status.ts";
import { strikesMaximum } from "./timing.ts";

/** How an action ended. */
export type Event =
  | { readonly kind: "image_analysed"; readonly index: number; readonly outcome: Outcome<ImageAnalysis> }
  | { readonly kind: "video_uploaded"; readonly outcome: Outcome<UploadedFile> }
  | { readonly kind: "video_file_checked"; readonly outcome: Outcome<"processing" | "active" | "failed"> }
  | { readonly kind: "video_analysed"; readonly outcome: Outcome<VideoAnalysis> }
  | { readonly kind: "video_file_removed"; readonly outcome: Outcome<null> }
  | { readonly kind: "prompts_written"; readonly outcome: Outcome<readonly string[]> }
  | {
    readonly kind: "clip_submitted";
    readonly index: number;
    readonly outcome: Outcome<Operation>;
    /** How many excerpts of the reference video went along; null when it was not cut. */
    readonly excerpts?: number | null;
  }
  | { readonly kind: "clip_polled"; readonly index: number; readonly outcome: Outcome<ClipStatus> }
  | { readonly kind: "clip_stored"; readonly index: number; readonly outcome: Outcome<StoredClip> }
  | { readonly kind: "clip_cancel_asked"; readonly index: number; readonly outcome: Outcome<null> }
  | { readonly kind: "copy_forgotten"; readonly index: number; readonly outcome: Outcome<null> }
  | { readonly kind: "video_finished"; readonly outcome: Outcome<FinishedVideo> }
  | { readonly kind: "spending_settled"; readonly outcome: Outcome<null> }
  /** Of a webhook: that an answer came, or none, is no fault but what it is told with. */
  | { readonly kind: "webhook_sent"; readonly outcome: Outcome<Sent> };

/** The state with the action marked as under way; saved before the action is performed. */
export function begin(state: TaskState, action: Action, now: number): TaskState {
  const next = withJob(state, action, (job) => begun(job, now));
  return next.status === "queued" ? { ...next, status: "analyzing" } : next;
}

/** The state after the event. */
export function settle(state: TaskState, event: Event, now: number): TaskState {
  return hasEnded(state) ? settleAfterEnd(state, event, now) : settleOnTheWay(state, event, now);
}

/** What comes after the task's end does not change how it ended; but Google's copy of the video is removed, and who waits is told. */
function settleAfterEnd(state: TaskState, event: Event, now: number): TaskState {
  switch (event.kind) {
    case "video_uploaded":
      return event.outcome.ok ? settleVideoUploaded(state, event.outcome, now) : state;
    case "video_file_removed":
      return settleVideoFileRemoved(state, event.outcome, now);
    case "copy_forgotten":
      return settleCopyForgotten(state, event.index, event.outcome, now);
    case "spending_settled":
      return settleSpendingSettled(state, event.outcome, now);
    case "webhook_sent":
      return settleWebhookSent(state, event.outcome, now);
    default:
      return state;
  }
}

function settleOnTheWay(state: TaskState, event: Event, now: number): TaskState {
  switch (event.kind) {
    case "image_analysed":
      return settleImageAnalysed(state, event.index, event.outcome, now);
    case "video_uploaded":
      return settleVideoUploaded(state, event.outcome, now);
    case "video_file_checked":
      return settleVideoFileChecked(state, event.outcome, now);
    case "video_analysed":
      return settleVideoAnalysed(state, event.outcome, now);
    case "video_file_removed":
      return settleVideoFileRemoved(state, event.outcome, now);
    case "prompts_written":
      return settlePromptsWritten(state, event.outcome, now);
    case "clip_submitted":
      return settleClipSubmitted(withExcerpts(state, event), event.index, event.outcome, now);
    case "clip_polled":
      return settleClipPolled(state, event.index, event.outcome, now);
    case "clip_stored":
      return settleClipStored(state, event.index, event.outcome, now);
    case "clip_cancel_asked":
      return settleCancelAsked(state, event.index, event.outcome, now);
    case "copy_forgotten":
      return settleCopyForgotten(state, event.index, event.outcome, now);
    case "video_finished":
      return settleVideoFinished(state, event.outcome, now);
    case "spending_settled":
      return settleSpendingSettled(state, event.outcome, now);
    case "webhook_sent":
      return settleWebhookSent(state, event.outcome, now);
  }
}

function withExcerpts(state: TaskState, { index, excerpts = null }: Event & { kind: "clip_submitted" }): TaskState {
  return withSegment(state, index, (segment) => ({ ...segment, excerpts }));
}

/** What became of work that was begun and never sent anything. */
export function unperformedEvent(action: Action, note: string): Event {
  return eventOf(action, failed("unreachable", note));
}

/** What became of work that a restart found under way: as if its connection had broken. */
export function abandonedEvent(action: Action): Event {
  return eventOf(action, interrupted);
}

const interrupted = failed("interrupted", "the process ended while the work was under way");

/**
 * The state after a restart found work under way. Work that costs nothing runs again after a pause, whatever its deadline
 * says, because the sleep was ours; but not when the process dies of it again and again. A submit whose answer never came
 * may have been paid for, so it is never repeated by itself; a webhook has a schedule of its own.
 */
export function settleAbandoned(state: TaskState, { action, job }: Work, now: number): TaskState {
  const hasOwnRule = action.kind === "submit_clip" || action.kind === "deliver_webhook";
  return hasOwnRule || job.faults + 1 >= strikesMaximum
    ? settle(state, abandonedEvent(action), now)
    : withFault(state, action, interrupted.fault, now);
}

/** The event of an action that failed. */
function eventOf(action: Action, outcome: Outcome<never>): Event {
  switch (action.kind) {
    case "analyse_image":
      return { kind: "image_analysed", index: action.index, outcome };
    case "upload_video":
      return { kind: "video_uploaded", outcome };
    case "check_video_file":
      return { kind: "video_file_checked", outcome };
    case "analyse_video":
      return { kind: "video_analysed", outcome };
    case "remove_video_file":
      return { kind: "video_file_removed", outcome };
    case "write_prompt":
      return { kind: "prompts_written", outcome };
    case "submit_clip":
      return { kind: "clip_submitted", index: action.index, outcome };
    case "poll_clip":
      return { kind: "clip_polled", index: action.index, outcome };
    case "store_clip":
      return { kind: "clip_stored", index: action.index, outcome };
    case "cancel_clip":
      return { kind: "clip_cancel_asked", index: action.index, outcome };
    case "forget_copy":
      return { kind: "copy_forgotten", index: action.index, outcome };
    case "finish_video":
      return { kind: "video_finished", outcome };
    case "settle_spending":
      return { kind: "spending_settled", outcome };
    case "deliver_webhook":
      return { kind: "webhook_sent", outcome };
  }
}
