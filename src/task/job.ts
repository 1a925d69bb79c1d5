/** How one piece of work waits, runs and is tried again. Pure. */
import type { Fault } from "../upstream/outcome.ts";
import { spreadOf } from "../spread.ts";
import type { Job } from "./state.ts";
import {
  faultsMaximum,
  quotaPausesMs,
  quotaSpreadMinimumMs,
  quotaSpreadSteps,
  retryPausesMs,
  spreadShare,
  unusableAnswersMaximum,
  waitWorthTellingMs,
} from "./timing.ts";

export function isDue(job: Job, now: number): boolean {
  return job.started_at === null && job.not_before <= now;
}

export function begun(job: Job, now: number): Job {
  return { ...job, started_at: now, first_started_at: job.first_started_at ?? now };
}

/** The job after an answer that was good and says "not yet": free to run again at `notBefore`. */
export function answered(job: Job, notBefore: number): Job {
  return { ...job, started_at: null, not_before: notBefore, faults: 0, quota_answers: 0, waits_for: null };
}

/**
 * The job after a fault, waiting for its next try: never shorter than the upstream asked for, nor than our own pause (an
 * upstream that says "at once" would be asked in a loop), and longer by a part that differs from task to task, because
 * what stopped this one stopped others at the same moment.
 *
 * @param seed tells this work from all others
 */
export function afterFault(job: Job, fault: Fault, now: number, seed: string): Job {
  const counted = {
    ...job,
    faults: job.faults + (isQuota(fault) || isUnusable(fault) || fault.kind === "over_budget" ? 0 : 1),
    unusable_answers: job.unusable_answers + (isUnusable(fault) ? 1 : 0),
    quota_answers: job.quota_answers + (isQuota(fault) ? 1 : 0),
  };
  const tries = counted.faults + counted.unusable_answers + counted.quota_answers;
  const pauseMs = Math.max(ownPauseMs(counted, fault), fault.retry_after_ms ?? 0);
  const spreadMs = spreadOf(`${seed} ${tries}`) * spreadMaximumMs(counted, fault, pauseMs);
  return {
    ...counted,
    started_at: null,
    not_before: now + pauseMs + Math.round(spreadMs),
    waits_for: reasonToWait(counted, fault),
  };
}

function ownPauseMs({ faults, unusable_answers, quota_answers }: Job, fault: Fault): number {
  if (!isQuota(fault)) return stepOf(retryPausesMs, faults + unusable_answers);
  return fault.retry_after_ms === null ? stepOf(quotaPausesMs, quota_answers) : retryPausesMs[0];
}

/** Who waits for the same quota is spread wider each time, until the quota is enough for all. */
function spreadMaximumMs({ quota_answers }: Job, fault: Fault, pauseMs: number): number {
  if (!isQuota(fault)) return pauseMs * spreadShare;
  return Math.max(pauseMs * spreadShare, quotaSpreadMinimumMs) * Math.min(quota_answers, quotaSpreadSteps);
}

/** One hiccup is not worth telling anybody; a quota is, because it may take long. */
function reasonToWait({ faults }: Job, fault: Fault): Job["waits_for"] {
  if (isQuota(fault)) return "quota";
  if (fault.kind === "over_budget") return "budget";
  if (fault.kind === "ledger_silent") return null;
  const isLong = (fault.retry_after_ms ?? 0) >= waitWorthTellingMs;
  return faults > 1 || isLong ? "upstream_unavailable" : null;
}

/** The n-th of the pauses, from 1; the last one repeats. */
function stepOf(pausesMs: readonly [number, ...number[]], n: number): number {
  return pausesMs[Math.min(Math.max(n, 1), pausesMs.length) - 1] ?? pausesMs[0];
}

/** Whether trying again can help, and was not tried too often. A quota that must be waited for does not count. */
export function isWorthRepeating(job: Job, fault: Fault): boolean {
  if (isPassing(fault)) return job.faults + 1 < faultsMaximum;
  if (isUnusable(fault)) return job.unusable_answers + 1 < unusableAnswersMaximum;
  return fault.kind === "rate_limited";
}

/** Whether the next try, when the upstream wants it, would come too late. */
export function isOverdue(job: Job, fault: Fault, now: number, deadlineMs: number): boolean {
  return now + (fault.retry_after_ms ?? 0) >= (job.first_started_at ?? now) + deadlineMs;
}

/** Faults of the way and of the machine: they say nothing about the request. */
export function isPassing({ kind }: Fault): boolean {
  return kind === "unreachable" || kind === "interrupted" || kind === "unavailable" || kind === "malformed" ||
    kind === "ledger_silent";
}

/** A quota of the minute or of the day. */
export function isQuota({ kind }: Fault): boolean {
  return kind === "rate_limited" || kind === "quota_exhausted";
}

/** Answers of a model that came whole and are of no use. */
function isUnusable({ kind }: Fault): boolean {
  return kind === "off_schema" || kind === "cut_off";
}
