/** What follows from asking the video model for a clip, from looking for it and from fetching it. Pure. */
import type { Fault, Outcome } from "../upstream/outcome.ts";
import type { ClipStatus, Operation } from "../veo/model.ts";
import { providerNames } from "../veo/provider-names.ts";
import { withCharged, withJob, withSegment } from "./change.ts";
import { brokenOff, clipName, filtered, overdue, submitUnknown } from "./clip-endings.ts";
import { endingOf } from "./endings.ts";
import { afterFault, isPassing, isWorthRepeating, resting } from "./job.ts";
import { endedWhenSafe, giveUp, loseClip, makeAgain } from "./lost-clips.ts";
import { type Job, newJob, type StoredClip, type TaskState } from "./state.ts";
import {
  downloadDeadlineMs,
  downloadRetryMaximumMs,
  downloadRetryShare,
  generationDeadlineMs,
  pollIntervalMaximumMs,
  pollIntervalMinimumMs,
  pollIntervalShare,
  submitDeadlineMs,
} from "./timing.ts";

/**
 * A lost answer (`interrupted`, `malformed`) may mean a paid clip, so it ends the task; what the model certainly did not take
 * is asked again.
 */
export function settleClipSubmitted(
  state: TaskState,
  index: number,
  outcome: Outcome<Operation>,
  now: number,
): TaskState {
  if (outcome.ok) {
    const operation = outcome.value;
    return withSegment(state, index, (segment) => ({
      ...segment,
      status: "running",
      submitted_at: now,
      // Charged only if a video comes out of it, Google says; until then nobody knows.
      charged: "unknown",
      operation,
      poll: { ...newJob(now), not_before: now + pollIntervalMinimumMs },
    }));
  }
  const { fault } = outcome;
  if (fault.kind === "interrupted" || fault.kind === "malformed") {
    return giveUp(withCharged(state, index, "unknown"), index, submitUnknown(who(state)), now);
  }
  if (state.ending || !isWorthAskingAgain(state, index, fault, now)) {
    return giveUp(state, index, endingOf(fault, clipName(state.plan.provider)), now);
  }
  return withJob(state, { kind: "submit_clip", index }, (job) => afterFault(job, fault, now));
}

/**
 * A quota only queues the clip, until the deadline. An upstream that is down soon ends a task that paid for nothing yet;
 * where other clips may be paid for, it is waited for as long as a quota.
 */
function isWorthAskingAgain({ segments }: TaskState, index: number, fault: Fault, now: number): boolean {
  const job = segments[index]?.submit;
  if (!job || now >= (job.first_started_at ?? now) + submitDeadlineMs) return false;
  return isWorthRepeating(job, fault) || (isPassing(fault) && segments.some(({ charged }) => charged !== "no"));
}

/** A fault here says nothing about the clip: it is looked for again until the deadline. */
export function settleClipPolled(
  state: TaskState,
  index: number,
  outcome: Outcome<ClipStatus>,
  now: number,
): TaskState {
  if (!outcome.ok) {
    return lookAgain(state, index, now, (job, pollAt) => {
      const waiting = afterFault(job, outcome.fault, now);
      return { ...waiting, not_before: Math.max(waiting.not_before, pollAt) };
    });
  }
  const status = outcome.value;
  switch (status.state) {
    case "pending":
      return lookAgain(state, index, now, resting);
    case "completed":
      return settleClipCompleted(state, index, status, now);
    case "filtered":
      // The same prompt is declined again; a withheld clip often is not the next time, and costs nothing.
      return status.what === "output" && status.charged === "no"
        ? makeAgain(state, index, "no", filtered(who(state), "output"), now)
        : giveUp(withCharged(state, index, status.charged), index, filtered(who(state), status.what), now);
    case "failed":
      return status.retryable
        ? makeAgain(state, index, "unknown", brokenOff(who(state)), now)
        : giveUp(withCharged(state, index, "unknown"), index, brokenOff(who(state)), now);
  }
}

function settleClipCompleted(
  state: TaskState,
  index: number,
  { file }: ClipStatus & { state: "completed" },
  now: number,
): TaskState {
  const next = withSegment(state, index, (segment) => ({
    ...segment,
    charged: "yes",
    completed_at: now,
    clip_file: file,
    store: newJob(now),
  }));
  const isMade = next.segments.every(({ completed_at }) => completed_at !== null);
  return isMade ? { ...next, status: "finishing" } : next;
}

/**
 * A paid clip is fetched again and again while the upstream still has it; a server that slept past that time gets more
 * than one try all the same. A clip that the video does not need (a later one holds it) is given up without a harm.
 */
export function settleClipStored(
  state: TaskState,
  index: number,
  outcome: Outcome<StoredClip>,
  now: number,
): TaskState {
  if (outcome.ok) {
    const clip = outcome.value;
    const next = withSegment(state, index, (segment) => ({ ...segment, status: "succeeded", clip }));
    return endedWhenSafe(next, now);
  }
  const { fault } = outcome;
  const completedAt = state.segments[index]?.completed_at ?? now;
  const job = state.segments[index]?.store;
  const isWorthAnotherTry = fault.kind !== "rate_limited" && job !== undefined && isWorthRepeating(job, fault);
  if (now >= completedAt + downloadDeadlineMs && !isWorthAnotherTry) return loseClip(state, index, now);
  return withJob(state, { kind: "store_clip", index }, (job) => {
    const waiting = afterFault(job, fault, now);
    return { ...waiting, not_before: Math.max(waiting.not_before, now + downloadPauseMs(now - completedAt)) };
  });
}

/** A clip that was still on its way when the video was already made from a later one. */
export function keepLateClip(state: TaskState, index: number, outcome: Outcome<StoredClip>): TaskState {
  if (!outcome.ok) return state;
  const clip = outcome.value;
  return withSegment(state, index, (segment) => ({ ...segment, status: "succeeded", clip }));
}

function lookAgain(state: TaskState, index: number, now: number, rest: (job: Job, pollAt: number) => Job): TaskState {
  const submittedAt = state.segments[index]?.submitted_at ?? now;
  const spent = now - submittedAt;
  if (spent >= generationDeadlineMs) return giveUp(state, index, overdue(who(state)), now);
  const interval = Math.min(Math.max(spent * pollIntervalShare, pollIntervalMinimumMs), pollIntervalMaximumMs);
  return withJob(state, { kind: "poll_clip", index }, (job) => rest(job, now + interval));
}

function downloadPauseMs(spent: number): number {
  return Math.min(spent * downloadRetryShare, downloadRetryMaximumMs);
}

function who(state: TaskState): string {
  return providerNames[state.plan.provider].who;
}
