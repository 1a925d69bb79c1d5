/** What follows from telling whoever wanted to know of the task's end. Pure; the outcome of the task stays what it is. */
import type { Outcome } from "../upstream/outcome.ts";
import { deliveryOf, isSettled, type Sent } from "../webhooks/delivery.ts";
import { nextTryAt } from "../webhooks/schedule.ts";
import { type Job, newJob, type TaskState, type Webhook } from "./state.ts";

/** Two whole rounds of the schedule; of more, the last are kept. */
const deliveriesMaximum = 20;

/** The webhook of a task that ends now. */
export function dueWebhook(webhook: Webhook | null, now: number): Webhook | null {
  return webhook && { ...webhook, deliver: newJob(now) };
}

/** What was not delivered is tried again by the schedule, as long as there is a task to tell of. */
export function settleWebhookSent(state: TaskState, outcome: Outcome<Sent>, now: number): TaskState {
  const { webhook } = state;
  if (!webhook?.deliver || webhook.deliver.started_at === null) return state;
  const delivery = deliveryOf(webhook.deliver.started_at, outcome);
  const retryAfterMs = outcome.ok ? outcome.value.retry_after_ms : null;
  const deliver = isSettled(delivery.outcome) ? null : nextTry(state, webhook.deliver, retryAfterMs, now);
  const deliveries = [...webhook.deliveries, delivery].slice(-deliveriesMaximum);
  return { ...state, webhook: { ...webhook, deliver, deliveries, changes: webhook.changes + 1 } };
}

/** A try that would come after the task is forgotten is none: then that was the last. */
function nextTry({ task_id, expires_at }: TaskState, job: Job, retryAfterMs: number | null, now: number): Job | null {
  const faults = job.faults + 1;
  const notBefore = nextTryAt(faults, retryAfterMs, now, `${task_id} webhook`);
  return notBefore === null || notBefore >= expires_at
    ? null
    : { ...job, started_at: null, faults, not_before: notBefore };
}
