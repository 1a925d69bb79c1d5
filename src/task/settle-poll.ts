/** What follows from looking for a clip in the making. Pure. */
import type { Fault, Outcome } from "../upstream/outcome.ts";
import type { ClipStatus } from "../veo/model.ts";
import { withCharged, withJob, withSegment } from "./change.ts";
import { brokenOff, filtered, overdue, stopped, whoMakes } from "./clip-endings.ts";
import { answered } from "./job.ts";
import { giveUp, makeAgain } from "./lost-clips.ts";
import { isLastLateTry, retryClipWork, type VainTry, withVainTry } from "./retry-clip-work.ts";
import { type Job, newJob, type TaskState } from "./state.ts";
import {
  absenceDeadlineMs,
  brokenOffPauseMs,
  faultsMaximum,
  generationDeadlineMs,
  pollIntervalMaximumMs,
  pollIntervalMinimumMs,
  pollIntervalShare,
  silenceDeadlineMs,
  silenceIntervalMaximumMs,
} from "./timing.ts";

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
        ? makeAgain(state, index, "no", filtered(whoMakes(state), status), now)
        : giveUp(withCharged(state, index, status.charged), index, filtered(whoMakes(state), status), now);
    case "canceled":
      return giveUp(withCharged(state, index, status.charged), index, stopped(whoMakes(state)), now);
    case "failed":
      return status.retryable
        ? makeAgain(state, index, "unknown", brokenOff(whoMakes(state)), now, now + brokenOffPauseMs)
        : giveUp(withCharged(state, index, "unknown"), index, brokenOff(whoMakes(state)), now);
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

/** The model says that it is still at it. */
function lookAgain(state: TaskState, index: number, now: number): TaskState {
  const vain = answeredInVain(state, index, pollIntervalMaximumMs, now);
  if (isOverdue(state, index, vain, now)) return giveUp(state, index, overdue(whoMakes(state)), now);
  const action = { kind: "poll_clip", index } as const;
  return withJob(state, action, (job) => withVainTry(answered(job, vain.earliest), vain));
}

/** An upstream that says "there is no such clip" has answered; one that is down, or refuses our key, has not. */
function lookAgainAfterFault(state: TaskState, index: number, fault: Fault, now: number): TaskState {
  const isAnswer = fault.kind === "not_found" || fault.kind === "invalid_request";
  const vain = isAnswer ? answeredInVain(state, index, silenceIntervalMaximumMs, now) : silentInVain(state, index, now);
  const isOver = isAnswer ? isOverdue(state, index, vain, now) : vain.isLate && isLastLateTry(pollOf(state, index));
  if (isOver) return giveUp(state, index, overdue(whoMakes(state)), now);
  return retryClipWork(state, { kind: "poll_clip", index }, fault, vain, now);
}

function answeredInVain(state: TaskState, index: number, intervalMaximumMs: number, now: number): VainTry {
  const spent = spentMs(state, index, now);
  return {
    earliest: now + intervalMs(spent, intervalMaximumMs),
    isLate: spent >= generationDeadlineMs,
    absentSince: pollOf(state, index).absent_since ?? now,
  };
}

/** A short silence between answers does not make them begin anew. */
function silentInVain(state: TaskState, index: number, now: number): VainTry {
  const spent = spentMs(state, index, now);
  const { absent_since, faults, quota_answers } = pollOf(state, index);
  return {
    earliest: now + intervalMs(spent, silenceIntervalMaximumMs),
    isLate: spent >= silenceDeadlineMs,
    absentSince: faults + quota_answers + 1 < faultsMaximum ? absent_since : null,
  };
}

/** One answer after an outage is not the last word: the model may have stood still as long. But it is not asked for ever. */
function isOverdue(state: TaskState, index: number, { isLate, absentSince }: VainTry, now: number): boolean {
  if (!isLate || !isLastLateTry(pollOf(state, index))) return false;
  return now >= (absentSince ?? now) + absenceDeadlineMs || spentMs(state, index, now) >= silenceDeadlineMs;
}

function pollOf({ segments }: TaskState, index: number): Job {
  return segments[index]?.poll ?? newJob(0);
}

function spentMs({ segments }: TaskState, index: number, now: number): number {
  return now - (segments[index]?.submitted_at ?? now);
}

function intervalMs(spent: number, maximumMs: number): number {
  return Math.min(Math.max(spent * pollIntervalShare, pollIntervalMinimumMs), maximumMs);
}
