/**
 * The two ways to ask for a video. A request stores its references and starts the task's object; nothing slow happens in
 * it. Everything wrong with it is told at once, and then nothing of it is left in R2.
 */
import { type Context, Hono } from "hono";
import { readSettings, requireSettings, type Settings } from "../env.ts";
import { ServiceError } from "../errors.ts";
import { logFailure } from "../log.ts";
import { methodNotAllowed } from "../method-not-allowed.ts";
import { originOf } from "../origin-of.ts";
import { deletePrefix, mediaPrefix } from "../storage/task-files.ts";
import { settledWithin } from "./follow.ts";
import { newMediaSecret, newTaskId } from "./identity.ts";
import { asFiles, byAddresses, type Intake, readOrder, type Way } from "./intake.ts";
import { preferredWaitSeconds } from "./prefer.ts";
import type { TaskStart } from "./state.ts";
import { hasEnded } from "./status.ts";
import { retryAfterSeconds } from "./timing.ts";
import type { TaskView } from "./view.ts";
import { planWarnings, referenceWarnings } from "./warnings.ts";

/** What the routes need from outside, so that the sandbox and tests can give them another network. */
export interface CreateTaskDependencies {
  readonly fetch: typeof fetch;
}

type ServiceContext = Context<{ Bindings: Env }>;

export function createTaskRoutes({ fetch }: CreateTaskDependencies) {
  return new Hono<{ Bindings: Env }>()
    .post("/generate", (context) => createTask(context, asFiles))
    .all("/generate", methodNotAllowed("POST"))
    .post("/generate-from-urls", (context) => createTask(context, byAddresses(fetch)))
    .all("/generate-from-urls", methodNotAllowed("POST"));
}

async function createTask(context: ServiceContext, way: Way): Promise<Response> {
  const settings = readSettings(context.env);
  requireSettings(settings);
  const creating = takeInAndStart(context, way, settings);
  // A client that goes away in the middle must not take the cleaning up with it. A failure is told by the answer itself.
  context.executionCtx.waitUntil(creating.catch(() => {}));
  const started = await creating;
  const waitSeconds = preferredWaitSeconds(context.req.raw.headers);
  const view = waitSeconds === null ? started : await settledView(context, started, waitSeconds);
  const isDone = hasEnded(view);
  return context.json(view, isDone ? 200 : 202, {
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

async function takeInAndStart(context: ServiceContext, way: Way, settings: Settings): Promise<TaskView> {
  const mediaSecret = newMediaSecret();
  const store = { bucket: context.env.BUCKET, prefix: mediaPrefix(mediaSecret) };
  try {
    const intake = await way.takeIn(context.req.raw, store, settings);
    return await startObject(context, startOf(intake, way, mediaSecret, settings, context.env.MEDIA !== undefined));
  } catch (error) {
    await deletePrefix(store.bucket, store.prefix);
    throw error;
  }
}

/** @throws ServiceError with everything wrong with the request */
function startOf(
  intake: Intake,
  way: Way,
  mediaSecret: string,
  settings: Settings,
  transformsSquares: boolean,
): TaskStart {
  const order = readOrder(intake.fields, way.referenceFields, settings);
  const problems = [...intake.problems, ...order.problems];
  if (!order.ok || problems.length > 0) throw ServiceError.ofProblems(problems);
  return {
    task_id: newTaskId(),
    media_secret: mediaSecret,
    sandbox: settings.sandbox,
    request: order.request,
    plan: order.plan,
    images: [...intake.images],
    video: intake.video,
    warnings: [
      ...planWarnings(order.plan, order.request.quality, transformsSquares),
      ...referenceWarnings(intake.images),
    ],
    retention_days: settings.retentionDays,
  };
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
