/** Waiting for another try where a clip is paid for, or may be. Pure. */
import type { Fault } from "../upstream/outcome.ts";
import type { Action } from "./actions.ts";
import { withFault, withJob } from "./change.ts";
import type { TaskState } from "./state.ts";
import { retryAfterMaximumMs } from "./timing.ts";

/**
 * The state with the work put off: as long as the fault asks for, but not past the time that the upstream keeps the clip.
 *
 * @param earliest milliseconds since 1970; not before this
 */
export function retryClipWork(
  state: TaskState,
  action: Action,
  fault: Fault,
  earliest: number,
  now: number,
): TaskState {
  const asked = fault.retry_after_ms;
  const patient = { ...fault, retry_after_ms: asked === null ? null : Math.min(asked, retryAfterMaximumMs) };
  return withJob(withFault(state, action, patient, now), action, (job) => ({
    ...job,
    not_before: Math.max(job.not_before, earliest),
  }));
}
