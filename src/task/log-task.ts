/** What the operator's log says of a task: each step with its time, each state it comes to. */
import { consoleLog, type Log } from "../log.ts";
import { chargedOf } from "./cost.ts";
import type { Event } from "./settle.ts";
import { webhookStatusOf } from "./present-webhook.ts";
import type { Removable, Removal } from "./removal.ts";
import type { TaskState } from "./state.ts";
import { hasEnded } from "./status.ts";

/** @param milliseconds how long the action took; null when nobody knows */
export function logAction(taskId: string, event: Event, milliseconds: number | null, log: Log = consoleLog): void {
  const { kind, outcome } = event;
  log.event(kind, {
    task_id: taskId,
    ...("index" in event && { index: event.index }),
    milliseconds,
    ok: outcome.ok,
    ...(!outcome.ok && { fault: outcome.fault.kind, note: outcome.fault.note }),
    ...(kind === "clip_submitted" && event.excerpts != null && { excerpts: event.excerpts }),
    ...(kind === "clip_polled" && outcome.ok && { clip: outcome.value.state }),
    ...(kind === "webhook_sent" && outcome.ok &&
      { delivery: outcome.value.outcome, status: outcome.value.status_code }),
  });
}

export function logStarted({ task_id, owner, request: { use_case }, plan: { model } }: TaskState): void {
  consoleLog.event("task_started", { task_id, owner, use_case, model });
}

export function logStatus(state: TaskState): void {
  consoleLog.event(`task_${state.status}`, {
    task_id: state.task_id,
    seconds_since_start: Math.round((state.updated_at - state.created_at) / 1_000),
    ...(hasEnded(state) && { code: state.error?.code ?? null, charged: chargedOf(state.segments) }),
  });
}

export function logRemoved({ task_id, segments }: Removable, reason: Removal["reason"]): void {
  consoleLog.event(`task_${reason}`, { task_id, charged: segments ? chargedOf(segments) : "unknown" });
}

/** A webhook that is given up is worth a line of its own: from now on only a person can have it sent. */
export function logWebhook(before: TaskState, { task_id, ...state }: TaskState): void {
  const isGivenUp = ({ status, webhook }: Pick<TaskState, "status" | "webhook">) =>
    webhook !== null && webhookStatusOf({ status }, webhook) === "failed";
  if (isGivenUp(before) || !isGivenUp(state)) return;
  consoleLog.event("webhook_given_up", { task_id, outcome: state.webhook?.deliveries.at(-1)?.outcome });
}
