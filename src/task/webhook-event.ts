/** What a webhook says: that the task ended, and the task. Pure. */
import { presentTask } from "./present.ts";
import { newJob, type TaskState } from "./state.ts";
import { arrivalsOf } from "./timeline.ts";
import { type WebhookEvent, webhookEventTypes } from "./webhook-event-view.ts";

/**
 * The same in every try, whatever became of the others.
 *
 * @param state has ended
 * @param origin the origin the client used at the start, for the links
 */
export function webhookEventOf(state: TaskState, origin: string): WebhookEvent {
  const type = webhookEventTypes.find((type) => type === `task.${state.status}`);
  if (!type) throw new Error("A webhook tells of the end of a task that has not ended.");
  const { webhook } = state;
  const endedAt = arrivalsOf(state).at(-1)?.at ?? state.updated_at;
  const untold = webhook && { ...webhook, deliver: newJob(endedAt), deliveries: [] };
  const data = presentTask({ ...state, webhook: untold }, origin);
  return { type, timestamp: new Date(endedAt).toISOString(), data };
}
