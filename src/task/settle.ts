/**
 * What follows from what happened. Pure: (state, event, now) → state.
 *
 * The stages follow from the work: when the last analysis arrived the merge is made and the prompt is due, when the
 * prompt is there the clip is due, when the clip is in R2 the task has succeeded. Every try is bounded in time and every
 * piece of work in tries or by a deadline, so every task ends.
 */
import type { ImageAnalysis, VideoAnalysis } from "../analysis/schema.ts";
import type { UploadedVideo } from "../analysis/video-file.ts";
import type { Outcome } from "../upstream/outcome.ts";
import type { ClipStatus, Operation } from "../veo/model.ts";
import type { Action } from "./actions.ts";
import { withJob } from "./change.ts";
import { begun } from "./job.ts";
import { settleClipPolled, settleClipStored, settleClipSubmitted } from "./settle-clip.ts";
import {
  settleImageAnalysed,
  settlePromptWritten,
  settleVideoAnalysed,
  settleVideoFileChecked,
  settleVideoFileRemoved,
  settleVideoUploaded,
} from "./settle-preparation.ts";
import type { StoredClip, TaskState } from "./state.ts";
import { hasEnded } from "./status.ts";

/** How an action ended. */
export type Event =
  | { readonly kind: "image_analysed"; readonly index: number; readonly outcome: Outcome<ImageAnalysis> }
  | { readonly kind: "video_uploaded"; readonly outcome: Outcome<UploadedVideo> }
  | { readonly kind: "video_file_checked"; readonly outcome: Outcome<"processing" | "active" | "failed"> }
  | { readonly kind: "video_analysed"; readonly outcome: Outcome<VideoAnalysis> }
  | { readonly kind: "video_file_removed"; readonly outcome: Outcome<null> }
  | { readonly kind: "prompt_written"; readonly outcome: Outcome<string> }
  | { readonly kind: "clip_submitted"; readonly index: number; readonly outcome: Outcome<Operation> }
  | { readonly kind: "clip_polled"; readonly index: number; readonly outcome: Outcome<ClipStatus> }
  | { readonly kind: "clip_stored"; readonly index: number; readonly outcome: Outcome<StoredClip> };

/** The state with the action marked as under way; saved before the action is performed. */
export function begin(state: TaskState, action: Action, now: number): TaskState {
  const next = withJob(state, action, (job) => begun(job, now));
  return next.status === "queued" ? { ...next, status: "analyzing" } : next;
}

/** The state after the event. An event that comes after the task's end changes nothing. */
export function settle(state: TaskState, event: Event, now: number): TaskState {
  if (hasEnded(state)) return state;
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
    case "prompt_written":
      return settlePromptWritten(state, event.outcome, now);
    case "clip_submitted":
      return settleClipSubmitted(state, event.index, event.outcome, now);
    case "clip_polled":
      return settleClipPolled(state, event.index, event.outcome, now);
    case "clip_stored":
      return settleClipStored(state, event.index, event.outcome, now);
  }
}

/**
 * The state after a restart found work under way. Work that costs nothing runs again; a submit whose answer never came
 * may have been paid for, so it is never repeated by itself.
 */
export function settleAbandoned(state: TaskState, action: Action, now: number): TaskState {
  if (action.kind !== "submit_clip") return withJob(state, action, (job) => ({ ...job, started_at: null }));
  return settleClipSubmitted(state, action.index, {
    ok: false,
    fault: { kind: "interrupted", retry_after_ms: null, note: "the process ended while the request was under way" },
  }, now);
}
