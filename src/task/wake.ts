/** When a task must be woken. A pure function of its state. */
import { openWork } from "./actions.ts";
import type { TaskState } from "./state.ts";
import { hasEnded } from "./status.ts";

/**
 * When the task must be woken next, milliseconds since 1970: for its next piece of work or the end of its wait for
 * approval, and once it has ended for its expiry. A task that runs does not expire: its own deadlines end it, and a paid
 * clip may be fetched for two days.
 */
export function nextWakeAt(state: TaskState): number {
  const waiting = openWork(state).map(({ job }) => job.not_before);
  const end = hasEnded(state) ? state.expires_at : state.approve_by ?? Infinity;
  // Alarms know whole milliseconds and cut off the rest: a fraction too early, nothing would be due yet.
  return Math.ceil(Math.min(...waiting, end));
}

/** Whether the time has come to delete the task. From then on nobody sees it, however late its alarm comes. */
export function isExpired(state: TaskState, now: number): boolean {
  return hasEnded(state) && now >= state.expires_at;
}
