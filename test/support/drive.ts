/** Drives a task's pure steps without any object, network or clock: each begun action is answered by the test. */
import { type Action, dueActions } from "../../src/task/actions.ts";
import { begin, type Event, settle } from "../../src/task/settle.ts";
import type { StoredClip, TaskState } from "../../src/task/state.ts";
import type { FaultKind, Outcome } from "../../src/upstream/outcome.ts";
import { failed, succeeded } from "../../src/upstream/outcome.ts";
import { imageAnalysis, videoAnalysis } from "./task-state.ts";

/** A later clip is as long as an extended one is. */
function clip(index: number): StoredClip {
  const duration_seconds = index === 0 ? 8 : 60;
  return { key: `media/s/clip-${index + 1}.mp4`, bytes: 1_000_000, width: 1920, height: 1080, duration_seconds };
}

/** The event an action ends in when all goes well. */
export function wellEnded(action: Action): Event {
  switch (action.kind) {
    case "analyse_image":
      return { kind: "image_analysed", index: action.index, outcome: succeeded(imageAnalysis()) };
    case "upload_video":
      return {
        kind: "video_uploaded",
        outcome: succeeded({ name: "files/a", uri: "https://gemini.example/files/a", mime_type: "video/mp4" }),
      };
    case "check_video_file":
      return { kind: "video_file_checked", outcome: succeeded("active") };
    case "analyse_video":
      return { kind: "video_analysed", outcome: succeeded(videoAnalysis()) };
    case "remove_video_file":
      return { kind: "video_file_removed", outcome: succeeded(null) };
    case "write_prompt":
      return {
        kind: "prompts_written",
        outcome: succeeded(Array.from({ length: 9 }, (_, index) => `A slow orbit, part ${index + 1}.`)),
      };
    case "submit_clip":
      return { kind: "clip_submitted", index: action.index, outcome: succeeded({ name: "operations/a" }) };
    case "poll_clip":
      return {
        kind: "clip_polled",
        index: action.index,
        outcome: succeeded({ state: "completed", file: { uri: "files/b" } }),
      };
    case "store_clip":
      return {
        kind: "clip_stored",
        index: action.index,
        outcome: succeeded(clip(action.index)),
      };
    case "cancel_clip":
      return { kind: "clip_cancel_asked", index: action.index, outcome: succeeded(null) };
    case "forget_copy":
      return { kind: "copy_forgotten", index: action.index, outcome: succeeded(null) };
    case "finish_video":
      return { kind: "video_finished", outcome: succeeded({ ...clip(0), original: null, square_by: null }) };
    case "settle_spending":
      return { kind: "spending_settled", outcome: succeeded(null) };
    case "deliver_webhook": {
      const sent = { outcome: "delivered", status_code: 204, duration_ms: 1, retry_after_ms: null } as const;
      return { kind: "webhook_sent", outcome: succeeded(sent) };
    }
  }
}

/** The event an action ends in when its upstream fails that way. */
export function badlyEnded(action: Action, kind: FaultKind, retryAfterMs: number | null = null): Event {
  const outcome: Outcome<never> = failed(kind, "injected", retryAfterMs);
  return { ...wellEnded(action), outcome };
}

/** One round: every due action is begun and ends at once. */
export function round(state: TaskState, now: number, end: (action: Action) => Event = wellEnded): TaskState {
  return dueActions(state, now).reduce(
    (current, action) => settle(begin(current, action, now), end(action), now),
    state,
  );
}

/** Rounds until an action of this kind is due, at the times the task itself asks for. */
export function until(kind: Action["kind"], state: TaskState, wake: (state: TaskState) => number): TaskState {
  let current = state;
  for (let rounds = 0; rounds < 50; rounds++) {
    const now = Math.max(wake(current), current.updated_at);
    if (dueActions(current, now).some((action) => action.kind === kind)) return { ...current, updated_at: now };
    current = { ...round(current, now), updated_at: now };
  }
  throw new Error(`The task never came to ${kind}.`);
}
