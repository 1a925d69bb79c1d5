/** How one piece of work waits, runs and is tried again. Pure. */
import type { Fault } from "../upstream/outcome.ts";
import type { Job } from "./state.ts";
import { faultsMaximum, quotaPauseMs, retryAfterMaximumMs, retryPausesMs, unusableAnswersMaximum } from "./timing.ts";

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
 * The job after a fault, waiting for its next try: as long as the upstream asked for, but neither shorter than our own
 * pause (an upstream that says "at once" would be asked in a loop) nor so long that a task sleeps past its deadlines.
 */
export function afterFault(job: Job, fault: Fault, now: number): Job {
  const counted = {
    ...job,
    faults: job.faults + (isPassing(fault) ? 1 : 0),
    unusable_answers: job.unusable_answers + (isUnusable(fault) ? 1 : 0),
  };
  const tries = counted.faults + counted.unusable_answers;
  const ownPause = fault.kind === "rate_limited"
    ? (fault.retry_after_ms === null ? quotaPauseMs : retryPausesMs[0])
    : retryPausesMs[Math.min(Math.max(tries, 1), retryPausesMs.length) - 1] ?? retryPausesMs[0];
  const asked = Math.min(fault.retry_after_ms ?? 0, retryAfterMaximumMs);
  return resting(counted, now + Math.max(ownPause, asked));
}

/** Whether trying again can help, and was not tried too often. A quota that must be waited for does not count. */
export function isWorthRepeating(job: Job, fault: Fault): boolean {
  if (isPassing(fault)) return job.faults + 1 < faultsMaximum;
  if (isUnusable(fault)) return job.unusable_answers + 1 < unusableAnswersMaximum;
  return fault.kind === "rate_limited";
}

/** Faults of the way and of the machine: they say nothing about the request. */
export function isPassing({ kind }: Fault): boolean {
  return kind === "unreachable" || kind === "interrupted" || kind === "unavailable" || kind === "malformed";
}

/** Answers of a model that came whole and are of no use. */
function isUnusable({ kind }: Fault): boolean {
  return kind === "off_schema" || kind === "cut_off";
}
