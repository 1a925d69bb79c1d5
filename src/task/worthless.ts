/** What need not be waited for once its task is over. Pure. */
import { providerRows } from "../veo/providers.ts";
import type { Action } from "./actions.ts";
import type { TaskState } from "./state.ts";

/** Whether nobody needs what comes of it once its task is over. What reaches Google after all has to be removed there. */
export function isWorthless({ kind }: Action, { plan }: TaskState): boolean {
  if (kind === "submit_clip") return !providerRows[plan.provider].keepsCopies;
  return kind !== "upload_video" && kind !== "remove_video_file" && kind !== "forget_copy";
}
