/** What a task waits for that is not its own work, in words for the customer. Pure. */
import { type Action, openWork } from "./actions.ts";
import { whoMakes } from "./clip-endings.ts";
import type { TaskState } from "./state.ts";
import type { Waiting } from "./status.ts";

/** @returns the wait that ends first; null when nothing waits */
export function presentWaiting(state: TaskState): Waiting | null {
  const waiting = openWork(state).filter(({ action, job }) => job.waits_for !== null && !isTidying(action));
  const [next] = waiting.sort((one, other) => one.job.not_before - other.job.not_before);
  if (!next) return null;
  const who = whoIsAsked(next.action, state);
  const reason = next.job.waits_for ?? "upstream_unavailable";
  return {
    reason,
    upstream: who,
    message: `${troubleOf(reason, who)} ${nextTry(next.action, state)}`,
    until: reason === "upstream_unavailable" ? null : new Date(next.job.not_before).toISOString(),
  };
}

function troubleOf(reason: Waiting["reason"], who: string): string {
  switch (reason) {
    case "quota":
      return `This deployment's quota with ${who} is used up for the moment.`;
    case "budget":
      return "The day's budget does not cover another try, which the video needs.";
    case "upstream_unavailable":
      return `${who} does not answer as it should.`;
  }
}

/** Nobody waits for that. */
function isTidying({ kind }: Action): boolean {
  return kind === "remove_video_file" || kind === "forget_copy" || kind === "cancel_clip" ||
    kind === "settle_spending" || kind === "deliver_webhook";
}

function whoIsAsked({ kind }: Action, state: TaskState): string {
  switch (kind) {
    case "analyse_image":
    case "write_prompt":
      return state.analyst === "openai" ? "OpenAI" : "Gemini";
    case "upload_video":
    case "check_video_file":
    case "analyse_video":
    case "remove_video_file":
      return "Gemini";
    case "submit_clip":
    case "poll_clip":
    case "store_clip":
    case "cancel_clip":
    case "forget_copy":
      return whoMakes(state);
    case "finish_video":
      return "Cloudflare R2";
    case "settle_spending":
    case "deliver_webhook":
      return "Cloudflare";
  }
}

function nextTry(action: Action, state: TaskState): string {
  switch (action.kind) {
    case "analyse_image":
      return `The analysis of picture ${action.index + 1} is asked for again.`;
    case "upload_video":
    case "check_video_file":
    case "analyse_video":
    case "remove_video_file":
      return "The analysis of the reference video is asked for again.";
    case "write_prompt":
      return "The prompt is asked for again.";
    case "submit_clip":
      return `${clipsToAskFor(action.index, state)} asked for again.`;
    case "poll_clip":
      return `${clipOf(action.index, state)} is being made; it is looked for again until it is there.`;
    case "store_clip":
      return `${clipOf(action.index, state)} is made; fetching it is tried again until it is here.`;
    case "cancel_clip":
    case "forget_copy":
    case "settle_spending":
    case "deliver_webhook":
      return "It is asked again.";
    case "finish_video":
      return "The clips are stored; making the video of them is tried again.";
  }
}

function clipsToAskFor(index: number, state: TaskState): string {
  const count =
    state.segments.filter(({ operation, submit }) => operation === null && submit.waits_for !== null).length;
  return count > 1 ? `${count} of ${state.segments.length} clips are` : `${clipOf(index, state)} is`;
}

function clipOf(index: number, { segments }: TaskState): string {
  return segments.length === 1 ? "The clip" : `Clip ${index + 1} of ${segments.length}`;
}
