/** The endings that only a clip can have. `who` is the one that makes it, as people know it. */
import type { Plan } from "../veo/plan.ts";
import { providerNames } from "../veo/provider-names.ts";
import type { Ending, WorkName } from "./endings.ts";

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
