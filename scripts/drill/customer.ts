/** A customer of a drill: starts one task, follows it to its end, and sometimes approves, cancels or deletes it. */
import { setTimeout as pause } from "node:timers/promises";
import { hasEnded } from "../../src/task/status.ts";
import { type TaskView, taskViewSchema } from "../../src/task/view.ts";
import type { Order } from "./orders.ts";
import { jsonOf, type UnsteadyServer } from "./unsteady-server.ts";
import { formOf } from "./uploads.ts";

/** A task that was started, and what its customer knows of it. */
export interface FollowedTask {
  readonly taskId: string;
  readonly order: Order;
  readonly startedAt: number;
  /** As it was seen last. */
  seen: TaskView;
  isWishDone: boolean;
  isCancelled: boolean;
  isDeleted: boolean;
}

const lookEveryMs = 1_000;
const askAgainMs = 300;

/** @returns null when the answer was lost: nobody knows whether a task was started */
export async function start(server: UnsteadyServer, order: Order): Promise<FollowedTask | null> {
  const answer = await server.ask("/veo31/generate", { method: "POST", body: await formOf(order) });
  if (!answer || answer.status >= 500) return null;
  if (answer.status !== 202) throw new Error(`The service does not take an order: ${JSON.stringify(jsonOf(answer))}`);
  const seen = taskViewSchema.parse(jsonOf(answer));
  const nothingDone = { isWishDone: order.wish === null, isCancelled: false, isDeleted: false };
  return { taskId: seen.task_id, order, startedAt: Date.now(), seen, ...nothingDone };
}

/** Looks until the task has ended, is gone, or nobody waits any more. */
export async function follow(server: UnsteadyServer, task: FollowedTask, isOver: () => boolean): Promise<void> {
  let etag = "";
  while (!isOver()) {
    await doWish(server, task, isOver);
    if (task.isDeleted) return;
    const answer = await server.insist(statusPath(task), { headers: { "If-None-Match": etag } });
    if (answer.status === 404) return;
    if (answer.status === 200) task.seen = taskViewSchema.parse(jsonOf(answer));
    etag = answer.headers.get("ETag") ?? "";
    if (task.seen.status === "awaiting_approval") await approve(server, task);
    if (hasEnded(task.seen) && task.isWishDone) return;
    await pause(lookEveryMs);
  }
}

export function statusPath({ taskId }: { readonly taskId: string }): string {
  return `/veo31/status/${taskId}`;
}

async function doWish(server: UnsteadyServer, task: FollowedTask, isOver: () => boolean): Promise<void> {
  const { wish } = task.order;
  if (!wish || task.isWishDone || Date.now() < task.startedAt + wish.afterMs) return;
  if (wish.kind === "cancel") await cancel(server, task);
  else task.isDeleted = await remove(server, task, isOver);
  task.isWishDone = true;
}

/** An answer may be lost: then the prompts are approved already, and asking again is refused. */
async function approve(server: UnsteadyServer, task: FollowedTask): Promise<void> {
  const { status } = await server.insist(`/veo31/tasks/${task.taskId}/approve`, { method: "POST" });
  if (status !== 200 && status !== 409) server.beSurprised(`approve ${status}`);
}

/** Refused once the task has ended. */
async function cancel(server: UnsteadyServer, task: FollowedTask): Promise<void> {
  task.isCancelled = true;
  const { status } = await server.insist(`/veo31/tasks/${task.taskId}/cancel`, { method: "POST" });
  if (status !== 200 && status !== 409) server.beSurprised(`cancel ${status}`);
}

/** @returns whether it was said that the task is gone; where an answer was lost before, by a 404 */
async function remove(server: UnsteadyServer, task: FollowedTask, isOver: () => boolean): Promise<boolean> {
  let isHeard = false;
  while (!isOver()) {
    const answer = await server.ask(`/veo31/tasks/${task.taskId}`, { method: "DELETE" });
    if (answer?.status === 204 || (answer?.status === 404 && isHeard)) return true;
    if (answer && answer.status < 500) {
      server.beSurprised(`delete ${answer.status}`);
      return false;
    }
    isHeard = true;
    await pause(askAgainMs);
  }
  return false;
}
