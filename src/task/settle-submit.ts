/** What follows from asking the video model for a clip. Pure. */
import type { Fault, Outcome } from "../upstream/outcome.ts";
import type { Operation } from "../veo/model.ts";
import { providerRows } from "../veo/providers.ts";
import { mayBeStopped } from "./cancel-clips.ts";
import { withCharged, withFault, withJob, withSegment } from "./change.ts";
import { clipName, submitUnknown } from "./clip-endings.ts";
import { endingOf } from "./endings.ts";
import { isOverdue, isPassing, isQuota, isWorthRepeating } from "./job.ts";
import { giveUp } from "./lost-clips.ts";
import { heldBack, letNextIn } from "./queue-for-quota.ts";
import { newJob, type TaskState } from "./state.ts";
import { withoutWaiting, withSuccessor } from "./successor.ts";
import { budgetDeadlineMs, pollIntervalMinimumMs, submitDeadlineMs } from "./timing.ts";

/**
 * A lost answer (`interrupted`, `malformed`) may mean a paid clip, so it ends the task; what the model certainly did not take
 * is asked again.
 */
export function settleClipSubmitted(
  asked: TaskState,
  index: number,
  outcome: Outcome<Operation>,
  now: number,
): TaskState {
  const landed = withJob(asked, { kind: "submit_clip", index }, (job) => ({ ...job, started_at: null }));
  if (outcome.ok) return withoutWaiting(letNextIn(taken(landed, index, outcome.value, now), now), now);
  const replaced = outcome.fault.kind === "not_found" ? withSuccessor(landed, index, now) : null;
  return replaced ?? withoutWaiting(notTaken(landed, index, outcome.fault, now), now);
}

function taken(state: TaskState, index: number, operation: Operation, now: number): TaskState {
  const { keepsCopies } = providerRows[state.plan.provider];
  const copies = keepsCopies ? [...state.copies, { operation, forget: newJob(now) }] : state.copies;
  return withSegment({ ...state, copies }, index, (segment) => ({
    ...segment,
    status: "running",
    submitted_at: now,
    // Charged only if a video comes out of it, Google says; until then nobody knows.
    charged: "unknown",
    operation,
    poll: { ...newJob(now), not_before: now + pollIntervalMinimumMs },
    cancel: state.ending && mayBeStopped(state) ? newJob(now) : null,
  }));
}

function notTaken(state: TaskState, index: number, fault: Fault, now: number): TaskState {
  if (fault.kind === "interrupted" || fault.kind === "malformed") {
    return giveUp(withCharged(state, index, "unknown"), index, submitUnknown(state, index), now);
  }
  if (state.ending || !(isWorthAskingAgain(state, index, fault, now) || isWorthTheNextDay(state, index, fault, now))) {
    return giveUp(state, index, endingOf(fault, clipName(state.plan)), now);
  }
  const waiting = withFault(state, { kind: "submit_clip", index }, fault, now);
  return isQuota(fault) ? heldBack(waiting, index) : waiting;
}

/**
 * A clip that is made again, and that the day's budget does not cover any more, waits for the next day where others of the
 * video are paid for: without it they would be of no use. Where nothing is paid, the task ends at once.
 */
function isWorthTheNextDay({ segments }: TaskState, index: number, fault: Fault, now: number): boolean {
  const job = segments[index]?.submit;
  if (!job || fault.kind !== "over_budget" || isOverdue(job, fault, now, budgetDeadlineMs)) return false;
  return segments.some(({ charged }, other) => other !== index && charged !== "no");
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
