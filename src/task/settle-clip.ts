/** What follows from asking Veo for a clip, from looking for it and from fetching it. Pure. */
import type { Charged } from "../errors.ts";
import type { Outcome } from "../upstream/outcome.ts";
import type { ClipStatus, Operation } from "../veo/model.ts";
import { withJob, withSegment } from "./change.ts";
import { type Ending, endingOf, failTask, succeedTask, type WorkName } from "./endings.ts";
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

const clipName: WorkName = {
  who: "Veo",
  what: "the clip",
  code: "provider_error",
  keySetting: "GEMINI_API_KEY",
  modelSetting: "VEO_MODEL_HIGH or VEO_MODEL_STANDARD",
  onRefusal: "Change the text or the pictures.",
};

const submitUnknown: Ending = {
  code: "submit_unknown",
  retryable: true,
  message:
    "The connection to Veo broke while it was being asked for the clip, so nobody knows whether it is being made. " +
    "It is not asked again by itself, because that could be paid twice.",
};

const filtered: Record<"prompt" | "output", Ending> = {
  prompt: {
    code: "filtered_prompt",
    retryable: false,
    message: "Veo's filter declined the prompt. Change the text or the pictures.",
  },
  output: {
    code: "filtered_output",
    retryable: true,
    message: "Veo's filter withheld the finished clip. Try again, or change the text.",
  },
};

const overdue: Ending = {
  code: "deadline_exceeded",
  retryable: true,
  message: "Veo did not finish the clip in time.",
};

const brokenOff: Ending = {
  code: "provider_error",
  retryable: true,
  message: "Veo failed while making the clip. Try again.",
};

const lost: Ending = {
  code: "download_failed",
  retryable: false,
  message: "Veo made the clip, but it could not be fetched in two days.",
};

/**
 * A lost answer (`interrupted`, `malformed`) may mean a paid clip, so it ends the task; what Veo certainly did not take
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
    return failTask(withCharged(state, index, "unknown"), submitUnknown, now);
  }
  const job = state.segments[index]?.submit;
  if (job && isWorthRepeating(job, fault) && now < (job.first_started_at ?? now) + submitDeadlineMs) {
    return withJob(state, { kind: "submit_clip", index }, (current) => afterFault(current, fault, now));
  }
  return failTask(state, endingOf(fault, clipName), now);
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
      return failTask(withCharged(state, index, status.charged), filtered[status.what], now);
    case "failed":
      return failTask(withCharged(state, index, "unknown"), brokenOff, now);
  }
}

/** A paid clip is fetched again and again while Veo still has it. */
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
  if (now >= completedAt + downloadDeadlineMs) return failTask(state, lost, now);
  return withJob(state, { kind: "store_clip", index }, (job) => {
    const waiting = afterFault(job, fault, now);
    return { ...waiting, not_before: Math.max(waiting.not_before, now + downloadPauseMs(now - completedAt)) };
  });
}

function lookAgain(state: TaskState, index: number, now: number, rest: (job: Job, pollAt: number) => Job): TaskState {
  const submittedAt = state.segments[index]?.submitted_at ?? now;
  const spent = now - submittedAt;
  if (spent >= generationDeadlineMs) return failTask(state, overdue, now);
  const interval = Math.min(Math.max(spent * pollIntervalShare, pollIntervalMinimumMs), pollIntervalMaximumMs);
  return withJob(state, { kind: "poll_clip", index }, (job) => rest(job, now + interval));
}

function withCharged(state: TaskState, index: number, charged: Charged): TaskState {
  return withSegment(state, index, (segment) => ({ ...segment, charged }));
}

function downloadPauseMs(spent: number): number {
  return Math.min(spent * downloadRetryShare, downloadRetryMaximumMs);
}
