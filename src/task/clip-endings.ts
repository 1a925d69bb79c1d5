/** The endings that only a clip, or the video made of clips, can have. `who` is the one that makes it, as people know it. */
import type { Plan } from "../veo/plan.ts";
import { providerNames } from "../veo/provider-names.ts";
import type { WorkName } from "./endings.ts";
import type { Ending } from "./status.ts";

export function clipName(provider: Plan["provider"]): WorkName {
  return {
    ...providerNames[provider],
    what: "the clip",
    code: "provider_error",
    onRefusal: "Change the text or the pictures.",
  };
}

export function submitUnknown(who: string): Ending {
  return {
    code: "submit_unknown",
    retryable: true,
    message:
      `The connection to ${who} broke while it was being asked for the clip, so nobody knows whether it is being ` +
      "made. It is not asked again by itself, because that could be paid twice.",
  };
}

export function filtered(who: string, what: "prompt" | "output"): Ending {
  return what === "prompt"
    ? {
      code: "filtered_prompt",
      retryable: false,
      message: `${who}'s filter declined the prompt. Change the text or the pictures.`,
    }
    : {
      code: "filtered_output",
      retryable: true,
      message: `${who}'s filter withheld the finished clip. Try again, or change the text.`,
    };
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
    message: `${who} made the clip, but it could not be fetched in two days.`,
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
