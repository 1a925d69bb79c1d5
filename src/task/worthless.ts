/** What is worth paying or waiting for. Pure. */
import { providerRows } from "../veo/providers.ts";
import type { Action } from "./actions.ts";
import type { TaskState } from "./state.ts";
import { hasEnded } from "./status.ts";

/** Whether nobody needs what comes of it once its task is over. What reaches Google after all has to be removed there. */
export function isWorthless({ kind }: Action, { plan }: TaskState): boolean {
  if (kind === "submit_clip") return !providerRows[plan.provider].keepsCopies;
  return kind !== "upload_video" && kind !== "remove_video_file" && kind !== "forget_copy" &&
    kind !== "settle_spending" && kind !== "deliver_webhook";
}

/** Whether what is about to be paid for is still wanted. */
export function isWanted(state: TaskState | null): boolean {
  return state !== null && state.ending === null && !hasEnded(state);
}
