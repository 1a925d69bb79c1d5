/** What follows from asking the video model for a clip, from looking for it and from fetching it. Pure. */
import type { Fault, Outcome } from "../upstream/outcome.ts";
import type { ClipStatus, Operation } from "../veo/model.ts";
import { providerNames } from "../veo/provider-names.ts";
import { withCharged, withFault, withJob, withSegment } from "./change.ts";
import { brokenOff, clipName, filtered, overdue, submitUnknown } from "./clip-endings.ts";
import { endingOf } from "./endings.ts";
import { answered, isOverdue, isPassing, isQuota, isWorthRepeating } from "./job.ts";
import { endedWhenSafe, giveUp, loseClip, makeAgain } from "./lost-clips.ts";
import { heldBack, letNextIn } from "./queue-for-quota.ts";
import { newJob, type StoredClip, type TaskState } from "./state.ts";
import {
  absenceDeadlineMs,
  downloadDeadlineMs,
  downloadRetryMaximumMs,
  downloadRetryShare,
  generationDeadlineMs,
  pollIntervalMaximumMs,
  pollIntervalMinimumMs,
  pollIntervalShare,
  retryAfterMaximumMs,
  silenceDeadlineMs,
  silenceIntervalMaximumMs,
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
    const next = withSegment(state, index, (segment) => ({
      ...segment,
      status: "running",
      submitted_at: now,
      // Charged only if a video comes out of it, Google says; until then nobody knows.
      charged: "unknown",
      operation,
      poll: { ...newJob(now), not_before: now + pollIntervalMinimumMs },
    }));
    return letNextIn(next, now);
  }
  const { fault } = outcome;
  if (fault.kind === "interrupted" || fault.kind === "malformed") {
    return giveUp(withCharged(state, index, "unknown"), index, submitUnknown(state, index), now);
  }
  if (state.ending || !isWorthAskingAgain(state, index, fault, now)) {
    return giveUp(state, index, endingOf(fault, clipName(state.plan.provider)), now);
  }
  const waiting = withFault(state, { kind: "submit_clip", index }, fault, now);
  return isQuota(fault) ? heldBack(waiting, index) : waiting;
}

/**
 * A quota only queues the clip, until the deadline. An upstream that is down soon ends a task that paid for nothing yet;
 * where other clips may be paid for, it is waited for as long as a quota.
 */
function isWorthAskingAgain({ segments }: TaskState, index: number, fault: Fault, now: number): boolean {
  const job = segments[index]?.submit;
  if (!job || isOverdue(job, fault, now, submitDeadlineMs)) return false;
  return isWorthRepeating(job, fault) || (isPassing(fault) && segments.some(({ charged }) => charged !== "no"));
}

/** A fault here says nothing about the clip: it is looked for again until the deadline. */
export function settleClipPolled(
  state: TaskState,
  index: number,
  outcome: Outcome<ClipStatus>,
  now: number,
): TaskState {
  if (!outcome.ok) return lookAgainAfterFault(state, index, outcome.fault, now);
  const status = outcome.value;
  switch (status.state) {
    case "pending":
      return lookAgain(state, index, now);
    case "completed":
      return settleClipCompleted(state, index, status, now);
    case "filtered":
      // The same prompt is declined again; a withheld clip often is not the next time, and costs nothing.
      return status.what === "output" && status.charged === "no"
        ? makeAgain(state, index, "no", filtered(who(state), status), now)
        : giveUp(withCharged(state, index, status.charged), index, filtered(who(state), status), now);
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
  if (isLost(state, index, fault, now)) return loseClip(state, index, now);
  const completedAt = state.segments[index]?.completed_at ?? now;
  const pauseMs = Math.min((now - completedAt) * downloadRetryShare, downloadRetryMaximumMs);
  return notBefore(withFault(state, { kind: "store_clip", index }, patient(fault), now), "store", index, now + pauseMs);
}

function isLost({ segments }: TaskState, index: number, fault: Fault, now: number): boolean {
  const { store: job, completed_at } = segments[index] ?? {};
  if (!job) return true;
  if (fault.kind === "not_found") return isOverdue(job, fault, now, absenceDeadlineMs);
  const isWorthAnotherTry = isPassing(fault) && isWorthRepeating(job, fault);
  return now >= (completed_at ?? now) + downloadDeadlineMs && !isWorthAnotherTry;
}

/** A clip that was still on its way when the video was already made from a later one. */
export function keepLateClip(state: TaskState, index: number, outcome: Outcome<StoredClip>): TaskState {
  if (!outcome.ok) return state;
  const clip = outcome.value;
  return withSegment(state, index, (segment) => ({ ...segment, status: "succeeded", clip }));
}

function lookAgain(state: TaskState, index: number, now: number): TaskState {
  const spentMs = sinceSubmit(state, index, now);
  if (spentMs >= generationDeadlineMs) return giveUp(state, index, overdue(who(state)), now);
  const pollAt = now + pollIntervalMs(spentMs, pollIntervalMaximumMs);
  return withJob(state, { kind: "poll_clip", index }, (job) => answered(job, pollAt));
}

/** An upstream that says "there is no such clip" has answered; one that is down, or refuses our key, has not. */
function lookAgainAfterFault(state: TaskState, index: number, fault: Fault, now: number): TaskState {
  const spentMs = sinceSubmit(state, index, now);
  const isAnswer = fault.kind === "not_found" || fault.kind === "invalid_request";
  if (spentMs >= (isAnswer ? generationDeadlineMs : silenceDeadlineMs)) {
    return giveUp(state, index, overdue(who(state)), now);
  }
  const pollAt = now + pollIntervalMs(spentMs, silenceIntervalMaximumMs);
  return notBefore(withFault(state, { kind: "poll_clip", index }, patient(fault), now), "poll", index, pollAt);
}

function sinceSubmit({ segments }: TaskState, index: number, now: number): number {
  return now - (segments[index]?.submitted_at ?? now);
}

function pollIntervalMs(spentMs: number, maximumMs: number): number {
  return Math.min(Math.max(spentMs * pollIntervalShare, pollIntervalMinimumMs), maximumMs);
}

/** Where a clip is paid for, no upstream may put it off past the time that it keeps the clip. */
function patient(fault: Fault): Fault {
  const asked = fault.retry_after_ms;
  return asked === null ? fault : { ...fault, retry_after_ms: Math.min(asked, retryAfterMaximumMs) };
}

function notBefore(state: TaskState, job: "poll" | "store", index: number, earliest: number): TaskState {
  return withSegment(state, index, (segment) => ({
    ...segment,
    [job]: { ...segment[job], not_before: Math.max(segment[job].not_before, earliest) },
  }));
}

function who(state: TaskState): string {
  return providerNames[state.plan.provider].who;
}
