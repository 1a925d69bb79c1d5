/** How one piece of work waits, runs and is tried again. Pure. */
import type { Fault } from "../upstream/outcome.ts";
import type { Job } from "./state.ts";
import { faultsMaximum, retryPausesMs, unusableAnswersMaximum } from "./timing.ts";

export function isDue(job: Job, now: number): boolean {
  return job.started_at === null && job.not_before <= now;
}

export function begun(job: Job, now: number): Job {
  return { ...job, started_at: now, first_started_at: job.first_started_at ?? now };
}

/** The job after it ended in time, well or not: free to run again at `notBefore`. */
export function resting(job: Job, notBefore: number): Job {
  return { ...job, started_at: null, not_before: notBefore };
}

/**
 * The job after a fault, waiting for its next try.
 *
 * @param pauseMaximumMs upper bound of the pause, milliseconds
 */
export function afterFault(job: Job, fault: Fault, now: number): Job {
  const faults = job.faults + 1;
  const pause = fault.retry_after_ms ?? retryPausesMs[Math.min(faults, retryPausesMs.length) - 1] ?? 0;
  return { ...resting(job, now + pause), faults };
}

/** Whether trying again can help, and was not tried too often. A quota that must be waited for does not count. */
export function isWorthRepeating(job: Job, fault: Fault): boolean {
  switch (fault.kind) {
    case "unreachable":
    case "interrupted":
    case "unavailable":
    case "malformed":
      return job.faults + 1 < faultsMaximum;
    case "off_schema":
    case "cut_off":
      return job.faults + 1 < unusableAnswersMaximum;
    case "rate_limited":
      return true;
    case "unauthorized":
    case "invalid_request":
    case "not_found":
    case "quota_exhausted":
    case "refused":
      return false;
  }
}
