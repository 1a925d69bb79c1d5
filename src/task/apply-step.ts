/** What a pure step makes of a task, with what follows from when it is saved. Pure. */
import { presentTask } from "./present.ts";
import type { TaskState } from "./state.ts";
import { withArrival } from "./timeline.ts";

export interface Changed {
  readonly before: TaskState;
  readonly state: TaskState;
  /** Whether a client sees something new. */
  readonly isVisible: boolean;
}

/** The state after the step, with its revision, the time of the change and the timeline; the same when nothing changed. */
export function applyStep(before: TaskState, step: (state: TaskState) => TaskState, now: number): Changed {
  const stepped = step(before);
  if (stepped === before) return { before, state: before, isVisible: false };
  const after = withArrival(before, stepped, now);
  const isVisible = isSeenDifferently(before, after);
  const state = isVisible ? { ...after, revision: before.revision + 1, updated_at: now } : after;
  return { before, state, isVisible };
}

function isSeenDifferently(before: TaskState, after: TaskState): boolean {
  return seenOf(before) !== seenOf(after);
}

/**
 * The address of the service is always the same, so any will do. What becomes of the webhook is no change of the task:
 * whoever listens has been told of the end, and that was the last.
 */
function seenOf(state: TaskState): string {
  return JSON.stringify({ ...presentTask(state, ""), webhook: null });
}
