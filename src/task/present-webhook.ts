/** From the stored webhook to what its task's owner sees of it. Pure. */
import { detailOf } from "../webhooks/delivery.ts";
import type { TaskState, Webhook } from "./state.ts";
import { hasEnded } from "./status.ts";
import type { WebhookView } from "./view.ts";

export function presentWebhook(state: TaskState): WebhookView | null {
  const { webhook } = state;
  if (!webhook) return null;
  return {
    url: webhook.url,
    event_id: eventIdOf(state),
    status: webhookStatusOf(state, webhook),
    next_attempt_at: webhook.deliver && isoTime(webhook.deliver.not_before),
    deliveries: webhook.deliveries.map((delivery) => ({
      at: isoTime(delivery.at),
      outcome: delivery.outcome,
      status_code: delivery.status_code,
      duration_ms: delivery.duration_ms,
      detail: detailOf(delivery),
    })),
  };
}

/**
 * The `webhook-id`: a task has one end, so one event. With the time of its start, because a task that was removed can have
 * left its name to another (`idempotency-key`).
 */
export function eventIdOf({ task_id, created_at }: Pick<TaskState, "task_id" | "created_at">): string {
  return `msg_${task_id}_${created_at.toString(36)}`;
}

export function webhookStatusOf(
  state: Pick<TaskState, "status">,
  { deliver, deliveries }: Webhook,
): WebhookView["status"] {
  if (!hasEnded(state)) return "waiting";
  if (deliver) return "delivering";
  return deliveries.at(-1)?.outcome === "delivered" ? "delivered" : "failed";
}

function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
