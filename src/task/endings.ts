/** How a task ends, and what it says then. Pure. */
import type { TaskErrorCode } from "../errors.ts";
import type { Fault } from "../upstream/outcome.ts";
import { chargedOf } from "./cost.ts";
import type { FinishedVideo, Segment, TaskState } from "./state.ts";
import type { Ending, TaskStatus } from "./status.ts";
import { dueWebhook } from "./settle-webhook.ts";
import { cancelingCode } from "./warnings.ts";

/** What a failed piece of work was, in the words of the sentence that tells of it. */
export interface WorkName {
  /** Who was asked, as people know it: "OpenAI". */
  readonly who: string;
  /** What was asked for: "the analysis of picture 2". */
  readonly what: string;
  /** The code when the work itself failed. */
  readonly code: TaskErrorCode;
  /** The setting that holds the key, and the one that names the model. */
  readonly keySetting: string;
  readonly modelSetting: string;
  /** Its id, where the customer knows it anyway. */
  readonly model?: string;
  /** What a person can do when the content was declined. */
  readonly onRefusal: string;
}

/** The ending that a fault leads to once the work is given up. */
export function endingOf(fault: Fault, work: WorkName): Ending {
  const { who, what, code } = work;
  switch (fault.kind) {
    case "unreachable":
    case "interrupted":
    case "unavailable":
    case "malformed":
      return { code, retryable: true, message: `${who} did not deliver ${what} in several tries. Try again later.` };
    case "off_schema":
      return { code, retryable: true, message: `${who} gave an unusable answer to ${what}. Try again.` };
    case "cut_off":
      return { code, retryable: true, message: `${who} stopped in the middle of ${what}. Try again.` };
    case "refused":
      return { code, retryable: false, message: `${who} declined ${what}. ${work.onRefusal}` };
    case "invalid_request":
      return { code, retryable: false, message: `${who} does not accept the request for ${what}.` };
    case "unauthorized":
      return {
        code: "not_configured",
        retryable: false,
        message: `${who} refuses the key of this deployment. Whoever runs it must check ${work.keySetting}.`,
      };
    case "not_found":
      return {
        code: "model_retired",
        retryable: false,
        message:
          `${who} no longer has ${work.model ?? "the model"} for ${what}. Whoever runs this deployment must set ` +
          `${work.modelSetting}.`,
      };
    case "rate_limited":
      return {
        code: "quota_exhausted",
        retryable: true,
        message: `This deployment's quota with ${who} did not come back in time for ${what}. Try again later.`,
      };
    case "over_budget":
      return {
        code: "budget_exceeded",
        retryable: true,
        message: `The day's budget does not cover ${what} any more. The next day's begins at 00:00 UTC.`,
      };
    case "ledger_silent":
      return {
        code: "provider_error",
        retryable: true,
        message:
          `Whether the day's budget covers ${what} could not be found out, so it was not asked for. Try again later.`,
      };
    case "quota_exhausted":
      return {
        code: "quota_exhausted",
        retryable: true,
        message:
          `This deployment's quota with ${who} is used up for today, or its credit is spent. Try again tomorrow.`,
      };
  }
}

/** The task, failed. It keeps what was learned and made, and waits for its expiry. */
export function failTask(state: TaskState, ending: Ending, now: number): TaskState {
  return endedWithoutVideo(state, "failed", ending, now);
}

/** The task, given up at its owner's wish. */
export function cancelTask(state: TaskState, now: number): TaskState {
  const hasClips = state.segments.some(({ clip }) => clip !== null);
  const message = hasClips
    ? `${canceled.message} Clips that were already made are at their own addresses.`
    : canceled.message;
  const warnings = state.warnings.filter(({ code }) => code !== cancelingCode);
  return endedWithoutVideo({ ...state, warnings }, "canceled", { ...canceled, message }, now);
}

export const canceled: Ending = { code: "canceled", message: "The task was cancelled.", retryable: false };

function endedWithoutVideo(state: TaskState, status: TaskStatus, ending: Ending, now: number): TaskState {
  const segments = state.segments.map((segment) =>
    segment.clip || !wasAskedFor(segment) ? segment : { ...segment, status: "failed" as const }
  );
  return ended({ ...state, segments, status, error: { ...ending, charged: chargedOf(segments) } }, now);
}

/** A clip that was never asked for has not failed: it stays `pending`. */
function wasAskedFor({ submit, lost_tries }: Segment): boolean {
  return submit.first_started_at !== null || lost_tries.length > 0;
}

/** The task, succeeded: its video stands in R2, verified. */
export function succeedTask(state: TaskState, video: FinishedVideo, now: number): TaskState {
  const segments = state.segments.map((segment) => ({ ...segment, status: "succeeded" as const }));
  return ended({ ...state, status: "succeeded", video, segments }, now);
}

function ended(state: TaskState, now: number): TaskState {
  const webhook = dueWebhook(state.webhook, now);
  return { ...state, expires_at: now + state.retention_ms, approve_by: null, ending: null, webhook };
}
