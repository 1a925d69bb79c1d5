/** When a task must be woken. A pure function of its state. */
import { openWork } from "./actions.ts";
import { hasEnded, type TaskState } from "./state.ts";
import { generationDeadlineMs, preparationDeadlineMs, submitDeadlineMs } from "./timing.ts";

/** When the task must be woken next: for its next piece of work, its deadline or its expiry. Milliseconds since 1970. */
export function nextWakeAt(state: TaskState): number {
  const times = openWork(state).map(({ job }) => job.not_before);
  return Math.min(...times, deadlineAt(state) ?? Infinity, state.expires_at);
}

/** When the stage the task is in must be over; null when the stage bounds itself. Milliseconds since 1970. */
export function deadlineAt(state: TaskState): number | null {
  if (hasEnded(state)) return null;
  if (state.prompt === null) return state.created_at + preparationDeadlineMs;
  const deadlines = state.segments.flatMap((segment) => {
    if (segment.status === "failed" || segment.clip_file !== null) return [];
    if (segment.submitted_at !== null) return [segment.submitted_at + generationDeadlineMs];
    return segment.submit.first_started_at === null ? [] : [segment.submit.first_started_at + submitDeadlineMs];
  });
  return deadlines.length > 0 ? Math.min(...deadlines) : null;
}
