/** What follows from making the finished video of the clips. Pure. */
import type { Outcome } from "../upstream/outcome.ts";
import { withFault } from "./change.ts";
import { clipsDoNotFit, notFinished } from "./clip-endings.ts";
import { failTask, succeedTask } from "./endings.ts";
import { isOverdue, isPassing } from "./job.ts";
import type { FinishedVideo, TaskState } from "./state.ts";
import { finishDeadlineMs, strikesMaximum } from "./timing.ts";
import { finishWarnings } from "./warnings.ts";

/**
 * The clips are paid for and stored, so a passing failure is worth some patience, and a lasting one leaves them where
 * they are.
 */
export function settleVideoFinished(state: TaskState, outcome: Outcome<FinishedVideo>, now: number): TaskState {
  if (outcome.ok) {
    const video = outcome.value;
    const warnings = [...state.warnings, ...finishWarnings(state, video)];
    return succeedTask({ ...state, warnings }, video, now);
  }
  const { fault } = outcome;
  if (fault.kind === "invalid_request") return failTask(state, clipsDoNotFit, now);
  const { finish } = state;
  const isWorn = finish.faults + 1 >= strikesMaximum;
  const isStruckOut = isWorn && fault.kind === "interrupted";
  if (isStruckOut || !isPassing(fault) || (isWorn && isOverdue(finish, fault, now, finishDeadlineMs))) {
    return failTask(state, notFinished, now);
  }
  return withFault(state, { kind: "finish_video" }, fault, now);
}
