/** The owner wants the webhook sent again. Pure. */
import type { Decided } from "./review.ts";
import { newJob, type TaskState } from "./state.ts";
import { hasEnded } from "./status.ts";

/** The state with the schedule begun anew. While a try is under way nothing changes: it is being sent. */
export function redeliver(state: TaskState, now: number): Decided {
  const { webhook } = state;
  if (!webhook || !hasEnded(state)) return { kind: "wrong_state" };
  if (typeof webhook.deliver?.started_at === "number") return { kind: "done", state };
  return {
    kind: "done",
    state: { ...state, webhook: { ...webhook, deliver: newJob(now), changes: webhook.changes + 1 } },
  };
}

/** Whether that would be done. */
export function isRedeliverable(state: TaskState): boolean {
  return state.webhook !== null && hasEnded(state);
}
