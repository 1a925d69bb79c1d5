/** Removes a task with its files, here and at Google. */
import type { PerformDependencies } from "../../task/perform.ts";
import { newRemoval, performRemoval, type Removal } from "../../task/removal.ts";
import type { Event } from "../../task/settle.ts";
import type { TaskState } from "../../task/state.ts";
import { providerRows } from "../../veo/providers.ts";

/**
 * Google forgets by itself what it could not be told to: an uploaded video in two days.
 *
 * @param late what ended after the task was given up
 * @throws what the store fails with
 */
export async function removeTask(
  state: TaskState,
  late: readonly Event[],
  dependencies: PerformDependencies,
): Promise<void> {
  await performRemoval(late.reduce(withLate, newRemoval(state, "deleted")), dependencies);
}

function withLate(removal: Removal, event: Event): Removal {
  if (event.kind === "video_uploaded" && event.outcome.ok) return { ...removal, video_file: event.outcome.value };
  const isKept = event.kind === "clip_submitted" && event.outcome.ok && providerRows[removal.provider].keepsCopies;
  return isKept ? { ...removal, copies: [...removal.copies, event.outcome.value] } : removal;
}
