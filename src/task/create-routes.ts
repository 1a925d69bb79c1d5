/**
 * The two ways to ask for a video. A request stores its references and starts the task's object; nothing slow happens in
 * it. Everything wrong with it is told at once, and then nothing of it is left in R2.
 */
import { type Context, Hono } from "hono";
import { logFailure } from "../log.ts";
import { methodNotAllowed } from "../method-not-allowed.ts";
import { originOf } from "../origin-of.ts";
import type { ServiceDependencies } from "../service-dependencies.ts";
import { deletePrefix, mediaPrefix } from "../storage/task-files.ts";
import { settledWithin } from "./follow.ts";
import { newMediaSecret } from "./identity.ts";
import { asFiles, byAddresses, type OrderKnowledge, type Way } from "./intake.ts";
import { requireSettings } from "./missing-settings.ts";
import { modelsNow } from "./models-now.ts";
import { preferredWaitSeconds } from "./prefer.ts";
import { startOf } from "./start-of.ts";
import type { TaskStart } from "./state.ts";
import { hasEnded } from "./status.ts";
import { retryAfterSeconds } from "./timing.ts";
import type { TaskView } from "./view.ts";

type ServiceContext = Context<{ Bindings: Env }>;

export function createTaskRoutes(dependencies: ServiceDependencies) {
  return new Hono<{ Bindings: Env }>()
    .post("/generate", (context) => createTask(context, asFiles, dependencies))
    .all("/generate", methodNotAllowed("POST"))
    .post("/generate-from-urls", (context) => createTask(context, byAddresses(dependencies.fetch), dependencies))
    .all("/generate-from-urls", methodNotAllowed("POST"));
}

async function createTask(
  context: ServiceContext,
  way: Way,
  { fetch }: ServiceDependencies,
): Promise<Response> {
  const knowledge = await modelsNow(context, fetch);
  requireSettings(knowledge.settings);
  const creating = takeInAndStart(context, way, knowledge);
  // A client that goes away in the middle must not take the cleaning up with it. A failure is told by the answer itself.
  context.executionCtx.waitUntil(creating.catch(() => {}));
  const started = await creating;
  const waitSeconds = preferredWaitSeconds(context.req.raw.headers);
  const view = waitSeconds === null ? started : await settledView(context, started, waitSeconds);
  const isDone = hasEnded(view);
  return context.json(view, isDone && waitSeconds !== null ? 200 : 202, {
    "Location": view.links.self,
    "Cache-Control": "no-store",
    ...(!isDone && { "Retry-After": String(retryAfterSeconds) }),
    ...(waitSeconds !== null && { "Preference-Applied": `wait=${waitSeconds}` }),
  });
}

/** The task after it ended, or after the time that the client would wait for that. */
async function settledView({ env, req }: ServiceContext, started: TaskView, seconds: number): Promise<TaskView> {
  const task = env.TASKS.getByName(started.task_id);
  const origin = originOf(req);
  try {
    await settledWithin(task, { origin, after: null }, seconds * 1_000);
    return (await task.view(origin))?.view ?? started;
  } catch (error) {
    // The task runs all the same: an answer without its id would have it asked for, and paid for, once more.
    logFailure("not_waited", error, { task_id: started.task_id });
    return started;
  }
}

async function takeInAndStart(
  context: ServiceContext,
  way: Way,
  knowledge: OrderKnowledge,
): Promise<TaskView> {
  const mediaSecret = newMediaSecret();
  const store = { bucket: context.env.BUCKET, prefix: mediaPrefix(mediaSecret) };
  try {
    const intake = await way.takeIn(context.req.raw, store, knowledge);
    const deployment = { ...knowledge, transformsSquares: context.env.MEDIA !== undefined };
    return await startObject(context, startOf(intake, way, mediaSecret, deployment));
  } catch (error) {
    await deletePrefix(store.bucket, store.prefix);
    throw error;
  }
}

/** Starts the object. When the call broke off, it may have started all the same: then its files must stay. */
async function startObject({ env, req }: ServiceContext, start: TaskStart): Promise<TaskView> {
  const origin = originOf(req);
  try {
    return (await env.TASKS.getByName(start.task_id).start(start, origin)).view;
  } catch (error) {
    const started = await env.TASKS.getByName(start.task_id).view(origin);
    if (!started) throw error;
    return started.view;
  }
}
