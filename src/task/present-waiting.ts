/** What a task waits for that is not its own work, in words for the customer. Pure. */
import { providerNames } from "../veo/provider-names.ts";
import { type Action, openWork } from "./actions.ts";
import type { TaskState } from "./state.ts";
import type { Waiting } from "./status.ts";

/** @returns the wait that ends first; null when nothing waits */
export function presentWaiting(state: TaskState): Waiting | null {
  const waiting = openWork(state).filter(({ action, job }) =>
    job.waits_for !== null && action.kind !== "remove_video_file"
  );
  const [next] = waiting.sort((one, other) => one.job.not_before - other.job.not_before);
  if (!next) return null;
  const { who, what } = nameOf(next.action, state);
  return next.job.waits_for === "quota"
    ? {
      reason: "quota",
      upstream: who,
      message:
        `This deployment's quota with ${who} is used up for the moment. ${what} is asked for again when it may be back.`,
      until: new Date(next.job.not_before).toISOString(),
    }
    : {
      reason: "upstream_unavailable",
      upstream: who,
      message: `${who} does not answer as it should. ${what} is tried again.`,
      until: null,
    };
}

function nameOf(action: Action, state: TaskState): { who: string; what: string } {
  const { who } = providerNames[state.plan.provider];
  switch (action.kind) {
    case "analyse_image":
      return { who: "OpenAI", what: `The analysis of picture ${action.index + 1}` };
    case "upload_video":
    case "check_video_file":
    case "analyse_video":
    case "remove_video_file":
      return { who: "Gemini", what: "The analysis of the reference video" };
    case "write_prompt":
      return { who: "OpenAI", what: "The prompt" };
    case "submit_clip":
    case "poll_clip":
    case "store_clip":
      return { who, what: clipOf(action.index, state) };
    case "finish_video":
      return { who: "Cloudflare R2", what: "Making the video of its clips" };
  }
}

function clipOf(index: number, { segments }: TaskState): string {
  return segments.length === 1 ? "The clip" : `Clip ${index + 1} of ${segments.length}`;
}
