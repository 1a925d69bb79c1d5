/** When a task must be woken. A pure function of its state. */
import { openWork } from "./actions.ts";
import type { TaskState } from "./state.ts";
import { hasEnded } from "./status.ts";

/**
 * When the task must be woken next, milliseconds since 1970: for its next piece of work or the end of its wait for
 * approval, or, once it has ended, for its expiry. A task that runs does not expire: its own deadlines end it, and a paid
 * clip may be fetched for two days.
 */
export function nextWakeAt(state: TaskState): number {
  if (hasEnded(state)) return state.expires_at;
  const waiting = openWork(state).map(({ job }) => job.not_before);
  // Alarms know whole milliseconds and cut off the rest: a fraction too early, nothing would be due yet.
  return Math.ceil(Math.min(...waiting, state.approve_by ?? Infinity));
}
