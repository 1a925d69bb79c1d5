/**
 * From a request to its task. The references are stored and the task's object is started; nothing slow happens here. What
 * is wrong with the request is told all at once, and then nothing of it is left in R2.
 */
import { type ServiceEnvironment, type Visitor, visitorOf } from "../access/caller.ts";
import type { Context } from "hono";
import { overBudget } from "../budget/budget-view.ts";
import { ServiceError } from "../errors.ts";
import { ExpectedFiles } from "./expected-files.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { idempotencyConflict, readIdempotencyKey, taskIdOfKey } from "./idempotency-key.ts";
import { newMediaSecret, newTaskId } from "./identity.ts";
import type { OrderKnowledge, Way } from "./intake.ts";
import { startOf } from "./start-of.ts";
import type { TaskStart } from "./state.ts";
import type { TaskView } from "./view.ts";
import type { Found, Started } from "./viewed-task.ts";

export interface CreatedTask {
  readonly view: TaskView;
  /** Whether it had started before: by an earlier request with the same `Idempotency-Key`, or by one whose answer was lost. */
  readonly isReplayed: boolean;
}

/** @throws ServiceError with everything wrong with the request, `idempotency_conflict`, `budget_exceeded` */
export async function createTask(
  context: Context<ServiceEnvironment>,
  way: Way,
  knowledge: OrderKnowledge,
): Promise<CreatedTask> {
  const visitor = visitorOf(context);
  const { key, problems } = readIdempotencyKey(context.req.raw.headers);
  const task_id = key === null ? newTaskId() : await taskIdOfKey(visitor.owner, key);
  if (key !== null) await requireNotRemoved(context.env, task_id, visitor);
  const files = { task_id, media_secret: newMediaSecret() };
  const store = new ExpectedFiles(context.env, files, key !== null);
  let isTheirs = false;
  try {
    const read = await way.read(context.req.raw, store, knowledge);
    // Of what cannot be read, no fingerprint can be taken: it is refused below, whatever its key started before.
    const isWhole = read.unread.length === 0;
    const fingerprint = key === null ? null : await fingerprintOf(way.name, read.sent, store.contents);
    const found = fingerprint === null || !isWhole ? null : await foundTask(context.env, task_id, fingerprint, visitor);
    if (found) return found;
    const deployment = { ...knowledge, transformsSquares: context.env.MEDIA !== undefined };
    const start = startOf(
      await read.takeIn(problems),
      way,
      { ...files, owner: visitor.owner, fingerprint },
      deployment,
    );
    const created = await startedTask(context.env, start, visitor);
    isTheirs = !created.isReplayed;
    return created;
  } catch (error) {
    // When its task is removed while the request comes in, the object takes nothing more for it.
    if (key !== null && !(error instanceof ServiceError)) await requireNotRemoved(context.env, task_id, visitor);
    throw error;
  } finally {
    if (!isTheirs) await store.remove();
  }
}

/** A key whose task is gone starts no other. @throws ServiceError `idempotency_conflict` */
async function requireNotRemoved({ TASKS }: Env, taskId: string, visitor: Visitor): Promise<void> {
  const found = await TASKS.getByName(taskId).find(null, visitor);
  if (found.kind === "removed") throw idempotencyConflict(true);
}

/** The task that an earlier request with the same key started; null when there is none. */
async function foundTask(
  { TASKS }: Env,
  taskId: string,
  fingerprint: string,
  visitor: Visitor,
): Promise<CreatedTask | null> {
  const found = await TASKS.getByName(taskId).find(fingerprint, visitor);
  return found.kind === "nothing" ? null : { view: viewOf(found), isReplayed: true };
}

async function startedTask(env: Env, start: TaskStart, visitor: Visitor): Promise<CreatedTask> {
  const started = await startObject(env, start, visitor);
  switch (started.kind) {
    case "started":
      return { view: started.viewed.view, isReplayed: !started.is_new };
    case "conflict":
      throw idempotencyConflict(false);
    case "over_budget":
      throw overBudget(started.balance, started.needed_micro_usd, Date.now());
  }
}

/** Starts the object. When the call broke off, it may have started all the same: then that is the answer. */
async function startObject({ TASKS }: Env, start: TaskStart, visitor: Visitor): Promise<Started> {
  try {
    return await TASKS.getByName(start.task_id).start(start, visitor.origin);
  } catch (error) {
    const found = await TASKS.getByName(start.task_id).find(start.fingerprint, visitor);
    if (found.kind !== "same") throw error;
    // Without a key nobody else can have started it.
    return { kind: "started", viewed: found.viewed, is_new: start.fingerprint === null };
  }
}

/** @throws ServiceError `idempotency_conflict` */
function viewOf(found: Exclude<Found, { kind: "nothing" }>): TaskView {
  if (found.kind === "same") return found.viewed.view;
  throw idempotencyConflict(found.kind === "removed");
}
