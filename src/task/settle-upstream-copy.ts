/** What follows from asking the provider to stop a clip, or to forget it. Pure. */
import type { Outcome } from "../upstream/outcome.ts";
import { withCopy, withFault, withSegment } from "./change.ts";
import { isOverdue, isWorthRepeating } from "./job.ts";
import type { Job, TaskState } from "./state.ts";
import { preparationDeadlineMs } from "./timing.ts";

/** Whether it was stopped is told by the next poll; who could not be asked is waited for as if it could not be stopped. */
export function settleCancelAsked(state: TaskState, index: number, outcome: Outcome<null>, now: number): TaskState {
  if (isWorthAnotherTry(state.segments[index]?.cancel, outcome, now) && !outcome.ok) {
    return withFault(state, { kind: "cancel_clip", index }, outcome.fault, now);
  }
  // What the provider makes of it shows soon.
  return withSegment(state, index, (segment) => ({
    ...segment,
    cancel: null,
    poll: { ...segment.poll, not_before: Math.min(segment.poll.not_before, now + 1) },
  }));
}

/** It is forgotten some day by itself: a task does not fail because it could not be done before. */
export function settleCopyForgotten(state: TaskState, index: number, outcome: Outcome<null>, now: number): TaskState {
  if (isWorthAnotherTry(state.copies[index]?.forget, outcome, now) && !outcome.ok) {
    return withFault(state, { kind: "forget_copy", index }, outcome.fault, now);
  }
  return withCopy(state, index, (copy) => ({ ...copy, forget: null }));
}

function isWorthAnotherTry(job: Job | null | undefined, outcome: Outcome<null>, now: number): boolean {
  if (outcome.ok || !job) return false;
  return isWorthRepeating(job, outcome.fault) && !isOverdue(job, outcome.fault, now, preparationDeadlineMs);
}
