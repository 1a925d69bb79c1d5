/** A task of this process as a program gets it. */
import { type AddressOfFile, presentContent } from "../../task/present.ts";
import type { TaskState } from "../../task/state.ts";
import type { Task } from "../task.ts";

export function presentDirect(state: TaskState, addressOf: AddressOfFile): Task {
  return { ...presentContent(state, addressOf), links: null, expires_at: null };
}
