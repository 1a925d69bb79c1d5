/** Waiting for another try where a clip is paid for, or may be. Pure. */
import type { Fault } from "../upstream/outcome.ts";
import type { Action } from "./actions.ts";
import { withFault, withJob } from "./change.ts";
import type { Job, TaskState } from "./state.ts";
import { lateTriesMinimum, retryAfterMaximumMs } from "./timing.ts";

/** What is known of the try that brought nothing. */
export interface VainTry {
  /** The next one is not before this, milliseconds since 1970. */
  readonly earliest: number;
  /** Whether the deadline has passed. */
  readonly isLate: boolean;
  /** Since when all answers say that it is not there; null when they do not. */
  readonly absentSince: number | null;
}

/**
 * The state with the work put off: as long as the fault asks for, but not past the time that the upstream keeps the clip.
 */
export function retryClipWork(state: TaskState, action: Action, fault: Fault, vain: VainTry, now: number): TaskState {
  const asked = fault.retry_after_ms;
  const patient = { ...fault, retry_after_ms: asked === null ? null : Math.min(asked, retryAfterMaximumMs) };
  return withJob(withFault(state, action, patient, now), action, (job) => ({
    ...withVainTry(job, vain),
    not_before: Math.max(job.not_before, vain.earliest),
  }));
}

export function withVainTry(job: Job, { isLate, absentSince }: VainTry): Job {
  return { ...job, absent_since: absentSince, late_tries: job.late_tries + (isLate ? 1 : 0) };
}

/** Whether this late try in vain is the last one that is needed. */
export function isLastLateTry(job: Job): boolean {
  return job.late_tries + 1 >= lateTriesMinimum;
}
