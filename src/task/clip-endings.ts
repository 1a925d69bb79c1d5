/** The endings that only a clip, or the video made of clips, can have. `who` is the one that makes it, as people know it. */
import { filterSubjectNames } from "../veo/filter-reasons.ts";
import type { ClipStatus } from "../veo/model.ts";
import { type Plan, priceOf } from "../veo/plan.ts";
import { providerRows } from "../veo/providers.ts";
import type { WorkName } from "./endings.ts";
import type { TaskState } from "./state.ts";
import type { Ending } from "./status.ts";

/** Who makes the task's clips, as people know it. */
export function whoMakes({ plan }: Pick<TaskState, "plan">): string {
  return providerRows[plan.provider].who;
}

export function clipName({ provider, model }: Pick<Plan, "provider" | "model">): WorkName {
  const { who, keySetting } = providerRows[provider];
  return {
    ...{ who, keySetting, model },
    modelSetting: "VIDEO_PROVIDER, or VEO_MODEL_HIGH and VEO_MODEL_STANDARD, or allow a successor by MODEL_FALLBACK",
    what: "the clip",
    code: "provider_error",
    onRefusal: "Change the text or the pictures.",
  };
}

/** @param index of the clip whose request was not answered */
export function submitUnknown({ plan, segments }: TaskState, index: number): Ending {
  const price = priceOf(segments[index]?.seconds ?? 0, plan.usd_per_second).toFixed(2);
  return {
    code: "submit_unknown",
    retryable: true,
    message:
      `${whoMakes({ plan })} was asked for a clip, and no usable answer came, so nobody knows whether it is being ` +
      `made. It is not asked again by itself, because that could be paid twice: the clip may have cost $${price}.`,
  };
}

export function filtered(who: string, { what, subject, charged }: ClipStatus & { state: "filtered" }): Ending {
  const reason = subject === null ? "" : ` (${filterSubjectNames[subject]})`;
  if (what === "prompt") {
    return {
      code: "filtered_prompt",
      retryable: false,
      message: `${who}'s filter declined the prompt${reason}. Change the text or the pictures.`,
    };
  }
  const message = charged === "unknown" && subject === null
    ? `${who} ended the clip without a video and without a reason; most often that is its filter.`
    : `${who}'s filter withheld the finished clip${reason}.`;
  return { code: "filtered_output", retryable: true, message: `${message} Try again, or change the text.` };
}

/** The provider says that it was stopped; when the task's owner wished that, the task already ends as canceled. */
export function stopped(who: string): Ending {
  return { code: "provider_error", retryable: true, message: `${who} says that the clip was stopped. Try again.` };
}

export function overdue(who: string): Ending {
  return { code: "deadline_exceeded", retryable: true, message: `${who} did not finish the clip in time.` };
}

export function brokenOff(who: string): Ending {
  return { code: "provider_error", retryable: true, message: `${who} failed while making the clip. Try again.` };
}

export function clipLost(who: string): Ending {
  return {
    code: "download_failed",
    retryable: false,
    message: `${who} made the clip, but it could not be fetched while it was there.`,
  };
}

/** Each segment of the task names its clip's address, so what was paid for can be had. */
export const clipsDoNotFit: Ending = {
  code: "provider_error",
  retryable: true,
  message: "The clips were made in different formats and cannot be joined without a loss. Each is at its own address.",
};

export const notFinished: Ending = {
  code: "download_failed",
  retryable: false,
  message: "The clips are made, but the video could not be put together from them. Each is at its own address.",
};
