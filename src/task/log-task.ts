/** What the operator's log says of a task: each step with its time, each state it comes to. */
import { logEvent } from "../log.ts";
import { chargedOf } from "./cost.ts";
import type { Event } from "./settle.ts";
import type { TaskState } from "./state.ts";
import { hasEnded } from "./status.ts";

/** @param milliseconds how long the action took; null when nobody knows */
export function logAction(taskId: string, event: Event, milliseconds: number | null): void {
  const { kind, outcome } = event;
  logEvent(kind, {
    task_id: taskId,
    ...("index" in event && { index: event.index }),
    milliseconds,
    ok: outcome.ok,
    ...(!outcome.ok && { fault: outcome.fault.kind, note: outcome.fault.note }),
    ...(kind === "clip_submitted" && event.excerpts != null && { excerpts: event.excerpts }),
    ...(kind === "clip_polled" && outcome.ok && { clip: outcome.value.state }),
  });
}

export function logStarted({ task_id, owner, request: { use_case }, plan: { model } }: TaskState): void {
  logEvent("task_started", { task_id, owner, use_case, model });
}

export function logStatus(state: TaskState): void {
  logEvent(`task_${state.status}`, {
    task_id: state.task_id,
    seconds_since_start: Math.round((state.updated_at - state.created_at) / 1_000),
    ...(hasEnded(state) && { code: state.error?.code ?? null, charged: chargedOf(state.segments) }),
  });
}
