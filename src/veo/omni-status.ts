/** From an interaction on the wire to where its clip is. Pure. */
import { readFilterReasons } from "./filter-reasons.ts";
import type { ClipStatus } from "./model.ts";
import { isBlocked } from "./omni-errors.ts";
import type { ErrorOnWire, InteractionOnWire } from "./omni-wire.ts";

/** The clip as the interaction has it: by address, or inside in base64. */
export type MadeClip = { readonly uri: string } | { readonly data: string };

export type InteractionState =
  | Exclude<ClipStatus, { state: "completed" }>
  | { readonly state: "made"; readonly clip: MadeClip };

/**
 * `completed` is not success: a refusal is completed too, with words alone, so only a part of the type `video` counts.
 *
 * @returns null when there is a clip, and it cannot be read
 */
export function stateOf(interaction: InteractionOnWire): InteractionState | null {
  const { status } = interaction;
  switch (status) {
    case "completed":
      return readCompleted(interaction);
    case "failed":
      return readFailed(interaction, status);
    case "cancelled":
      return { state: "canceled", charged: "unknown", note: "cancelled" };
    // Cut off, out of budget, or waiting for somebody: the same request ends there again, and may be paid again.
    case "incomplete":
    case "budget_exceeded":
    case "requires_action":
    case "requires_continuation":
      return { state: "failed", retryable: false, note: `ended as ${status}` };
    // `queued`, `in_progress`, and what may come: a state that is not over ends with the task's own deadline.
    default:
      return { state: "pending" };
  }
}

/**
 * What an interaction answers with. What it was given is echoed as a step of its own, pictures, excerpts and all: a video
 * in there is the customer's.
 */
function outputOf({ steps }: InteractionOnWire) {
  return steps?.filter(({ type }) => type !== "user_input") ?? [];
}

function readCompleted(interaction: InteractionOnWire): InteractionState | null {
  const parts = outputOf(interaction).flatMap(({ content }) => content ?? []);
  const videos = parts.filter(({ type }) => type === "video");
  const clip = videos.map(clipIn).findLast((found) => found !== null);
  if (clip) return { state: "made", clip };
  if (videos.length > 0 || videoTokensOf(interaction) > 0) return null;
  if (errorsOf(interaction).length > 0) return readFailed(interaction, "completed");
  const texts = parts.flatMap(({ type, text }) => type === "text" && text ? [text] : []);
  return {
    state: "filtered",
    what: "output",
    subject: readFilterReasons(texts).subject,
    // Nobody documents whether a refusal is charged; tokens of video were none.
    charged: "unknown",
    note: `completed without a video, with ${texts.length} texts and no tokens of video`,
  };
}

function clipIn({ uri, data }: { uri?: string | null | undefined; data?: string | null | undefined }): MadeClip | null {
  if (uri) return { uri };
  return data ? { data } : null;
}

function videoTokensOf({ usage }: InteractionOnWire): number {
  const counts = usage?.output_tokens_by_modality ?? [];
  return counts.reduce((sum, { modality, tokens }) => modality.toLowerCase() === "video" ? sum + tokens : sum, 0);
}

function errorsOf(interaction: InteractionOnWire): ErrorOnWire[] {
  const { errors, error } = interaction;
  return [...errors ?? [], error, ...outputOf(interaction).map((step) => step.error)].filter((found) => !!found);
}

function readFailed(interaction: InteractionOnWire, status: string): InteractionState {
  const errors = errorsOf(interaction);
  const blocked = errors.filter(isBlocked);
  if (blocked.length > 0) {
    const reasons = blocked.map(({ message }) => message ?? "");
    return {
      state: "filtered",
      ...readFilterReasons(reasons),
      charged: "unknown",
      note: `${status}, blocked by ${blocked.length} of ${errors.length} errors`,
    };
  }
  const lasting = errors.filter(({ code }) => lastingCodes.has(String(code ?? "").toLowerCase()));
  return {
    state: "failed",
    retryable: lasting.length === 0,
    note: `${status}, with ${errors.length} errors, of which ${lasting.length} would come again`,
  };
}

/**
 * What is wrong with the request, the key or the account: words of the API, and numbers of google.rpc (3
 * INVALID_ARGUMENT, 7 PERMISSION_DENIED, 9 FAILED_PRECONDITION, 12 UNIMPLEMENTED) or of HTTP.
 */
const lastingCodes: ReadonlySet<string> = new Set([
  ...["invalid_request", "invalid_argument", "failed_precondition", "out_of_range", "parameter_unknown"],
  ...["authentication", "payment_required", "permission_denied", "not_found", "model_not_found"],
  ...["quota_exceeded", "unimplemented"],
  ...["3", "7", "9", "12", "400", "401", "402", "403", "404", "501"],
]);
