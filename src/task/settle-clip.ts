/** What follows from asking the video model for a clip, from looking for it and from fetching it. Pure. */
import type { Charged } from "../errors.ts";
import type { Outcome } from "../upstream/outcome.ts";
import type { ClipStatus, Operation } from "../veo/model.ts";
import { providerNames } from "../veo/provider-names.ts";
import { withJob, withSegment } from "./change.ts";
import { brokenOff, clipLost, clipName, filtered, overdue, submitUnknown } from "./clip-endings.ts";
import { endingOf, failTask, succeedTask } from "./endings.ts";
import { afterFault, isWorthRepeating, resting } from "./job.ts";
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
    return failTask(withCharged(state, index, "unknown"), submitUnknown(who(state)), now);
  }
  const job = state.segments[index]?.submit;
  if (job && isWorthRepeating(job, fault) && now < (job.first_started_at ?? now) + submitDeadlineMs) {
    return withJob(state, { kind: "submit_clip", index }, (current) => afterFault(current, fault, now));
  }
  return failTask(state, endingOf(fault, clipName(state.plan.provider)), now);
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
      return {
        ...withSegment(state, index, (segment) => ({
          ...segment,
          charged: "yes",
          completed_at: now,
          clip_file: status.file,
          store: newJob(now),
        })),
        status: "finishing",
      };
    case "filtered":
      return failTask(withCharged(state, index, status.charged), filtered(who(state), status.what), now);
    case "failed":
      return failTask(withCharged(state, index, "unknown"), brokenOff(who(state)), now);
  }
}

/** A paid clip is fetched again and again while the upstream still has it. */
export function settleClipStored(
  state: TaskState,
  index: number,
  outcome: Outcome<StoredClip>,
  now: number,
): TaskState {
  if (outcome.ok) {
    const clip = outcome.value;
    return succeedTask(withSegment(state, index, (segment) => ({ ...segment, status: "succeeded", clip })), now);
  }
  const { fault } = outcome;
  const completedAt = state.segments[index]?.completed_at ?? now;
  if (now >= completedAt + downloadDeadlineMs) return failTask(state, clipLost(who(state)), now);
  return withJob(state, { kind: "store_clip", index }, (job) => {
    const waiting = afterFault(job, fault, now);
    return { ...waiting, not_before: Math.max(waiting.not_before, now + downloadPauseMs(now - completedAt)) };
  });
}

function lookAgain(state: TaskState, index: number, now: number, rest: (job: Job, pollAt: number) => Job): TaskState {
  const submittedAt = state.segments[index]?.submitted_at ?? now;
  const spent = now - submittedAt;
  if (spent >= generationDeadlineMs) return failTask(state, overdue(who(state)), now);
  const interval = Math.min(Math.max(spent * pollIntervalShare, pollIntervalMinimumMs), pollIntervalMaximumMs);
  return withJob(state, { kind: "poll_clip", index }, (job) => rest(job, now + interval));
}

function withCharged(state: TaskState, index: number, charged: Charged): TaskState {
  return withSegment(state, index, (segment) => ({ ...segment, charged }));
}

function downloadPauseMs(spent: number): number {
  return Math.min(spent * downloadRetryShare, downloadRetryMaximumMs);
}

function who(state: TaskState): string {
  return providerNames[state.plan.provider].who;
}
