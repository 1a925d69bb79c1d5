/**
 * What the process says by its exit code, and why each is apart: a script does something else after it. A code never
 * changes its meaning.
 */
import type { RequestErrorCode } from "../errors.ts";

export interface Ending {
  readonly code: number;
  /** For `veo31 help`. */
  readonly meaning: string;
}

export const endings = {
  done: { code: 0, meaning: "done" },
  /** Asking again is up to `retryable` of the task's error. */
  failed: { code: 1, meaning: "the task failed or was canceled" },
  /** As the shell's own commands say it; the same call would be refused again. */
  refused: { code: 2, meaning: "wrong usage, or refused as it is" },
  /** The same call may be right later, or for somebody else. */
  not_allowed: { code: 3, meaning: "not allowed, over a budget or a limit, or declined" },
  /** What was started goes on. */
  unreachable: { code: 4, meaning: "the service did not answer, or failed itself" },
  /** Neither done nor failed: it is a person's turn. */
  awaits_approval: { code: 5, meaning: "the prompts wait to be approved" },
  /** So that a script can ask until it is over. */
  in_the_making: { code: 6, meaning: "still in the making (status without --follow)" },
  /** Paid for and there, so it must not look like a failed task: fetch it again. */
  not_saved: { code: 7, meaning: "the video is there, but could not be saved" },
  /** EX_SOFTWARE of sysexits.h. */
  defect: { code: 70, meaning: "a defect of this program" },
  /** 128 and the signal's number, as shells have it. */
  interrupted: { code: 130, meaning: "interrupted (Ctrl-C)" },
  terminated: { code: 143, meaning: "terminated" },
} as const satisfies Record<string, Ending>;

export type EndingName = keyof typeof endings;

/** What a refused request ends the process with. */
export const endingByRefusal = {
  invalid_input: "refused",
  unsupported_media_type: "refused",
  payload_too_large: "refused",
  reference_unusable: "refused",
  reference_fetch_failed: "refused",
  reference_url_refused: "refused",
  not_found: "refused",
  wrong_state: "refused",
  idempotency_conflict: "refused",
  not_configured: "refused",
  unauthorized: "not_allowed",
  cross_site_refused: "not_allowed",
  rate_limited: "not_allowed",
  budget_exceeded: "not_allowed",
  // Who answers so to what this program sends is not the service as it should be.
  method_not_allowed: "unreachable",
  range_not_satisfiable: "unreachable",
  internal: "unreachable",
} as const satisfies Record<RequestErrorCode, EndingName>;
