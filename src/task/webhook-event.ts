/** What a webhook says: that the task ended, and the task. Pure. */
import { presentTask } from "./present.ts";
import { newJob, type TaskState } from "./state.ts";
import { arrivalsOf } from "./timeline.ts";
import type { TaskView } from "./view.ts";

export interface WebhookEvent {
  readonly type: `task.${TaskView["status"]}`;
  /** When the task ended. */
  readonly timestamp: string;
  /** The task as the status showed it then: the same in every try, whatever became of the others. */
  readonly data: TaskView;
}

/** @param origin the origin the client used at the start, for the links */
export function webhookEventOf(state: TaskState, origin: string): WebhookEvent {
  const { status, webhook } = state;
  const endedAt = arrivalsOf(state).at(-1)?.at ?? state.updated_at;
  const untold = webhook && { ...webhook, deliver: newJob(endedAt), deliveries: [] };
  return {
    type: `task.${status}`,
    timestamp: new Date(endedAt).toISOString(),
    data: presentTask({ ...state, webhook: untold }, origin),
  };
}
