/**
 * The clips of one task before a closed door. When the model's quota refuses one, the others that were not asked for yet
 * wait behind it instead of knocking too; when one gets in, the next one tries. Pure.
 */
import { withSegment } from "./change.ts";
import type { Segment, TaskState } from "./state.ts";
import { queueStepMs } from "./timing.ts";

/**
 * The others after the refused one, each a step later than the one before.
 *
 * @param index of the clip that was just told to wait
 */
export function heldBack(state: TaskState, index: number): TaskState {
  let turn = state.segments[index]?.submit.not_before ?? 0;
  return {
    ...state,
    segments: state.segments.map((segment, at) => {
      if (at === index || !isStillToBeAskedFor(segment)) return segment;
      turn += queueStepMs;
      if (segment.submit.not_before >= turn) return segment;
      return { ...segment, submit: { ...segment.submit, not_before: turn, waits_for: "quota" as const } };
    }),
  };
}

/** One that was told to wait itself keeps to what it was told. */
export function letNextIn(state: TaskState, now: number): TaskState {
  const next = state.segments.findIndex((segment) =>
    isStillToBeAskedFor(segment) && segment.submit.waits_for === "quota" && segment.submit.quota_answers === 0 &&
    segment.submit.not_before > now
  );
  if (next < 0) return state;
  return withSegment(state, next, (segment) => ({
    ...segment,
    submit: { ...segment.submit, not_before: now, waits_for: null },
  }));
}

/** Whether the clip could be asked for, and is not being asked for now. An extension waits for its beginning anyway. */
function isStillToBeAskedFor({ kind, status, operation, submit }: Segment): boolean {
  return kind === "generate" && status === "pending" && operation === null && submit.started_at === null;
}
