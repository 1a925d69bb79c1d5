/**
 * The two ways to ask for a video. A request stores its references and starts the task's object; nothing slow happens in
 * it. Everything wrong with it is told at once, and then nothing of it is left in R2.
 */
import { type Context, Hono } from "hono";
import { withStartsLimited } from "../access/admission.ts";
import { type ServiceEnvironment, type Visitor, visitorOf } from "../access/caller.ts";
import { overBudget } from "../budget/budget-view.ts";
import { logFailure } from "../log.ts";
import { methodNotAllowed } from "../method-not-allowed.ts";
import type { ServiceDependencies } from "../service-dependencies.ts";
import { ExpectedFiles } from "./expected-files.ts";
import { settledWithin } from "./follow.ts";
import { newMediaSecret, newTaskId } from "./identity.ts";
import { asFiles, byAddresses, type OrderKnowledge, type Way } from "./intake.ts";
import { requireSettings } from "./missing-settings.ts";
import { modelsNow } from "./models-now.ts";
import { preferredWaitSeconds } from "./prefer.ts";
import { startOf } from "./start-of.ts";
import type { TaskStart } from "./state.ts";
import { hasEnded } from "./status.ts";
import { retryAfterSeconds } from "./timing.ts";
import type { TaskView } from "./view.ts";
import type { Started } from "./viewed-task.ts";

type ServiceContext = Context<ServiceEnvironment>;

export function createTaskRoutes(dependencies: ServiceDependencies) {
  return new Hono<ServiceEnvironment>()
    .post("/generate", withStartsLimited, (context) => createTask(context, asFiles, dependencies))
    .all("/generate", methodNotAllowed("POST"))
    .post("/generate-from-urls", withStartsLimited, (context) => {
      return createTask(context, byAddresses(dependencies.fetch), dependencies);
    })
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
async function settledView(context: ServiceContext, started: TaskView, seconds: number): Promise<TaskView> {
  const task = context.env.TASKS.getByName(started.task_id);
  const visitor = visitorOf(context);
  try {
    await settledWithin(task, { ...visitor, after: null }, seconds * 1_000);
    return (await task.view(visitor))?.view ?? started;
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
  const { env, req } = context;
  const visitor = visitorOf(context);
  const identity = { task_id: newTaskId(), media_secret: newMediaSecret(), owner: visitor.owner };
  const store = new ExpectedFiles(env, identity);
  try {
    const intake = await way.takeIn(req.raw, store, knowledge);
    const deployment = { ...knowledge, transformsSquares: env.MEDIA !== undefined };
    return await startedView(env, startOf(intake, way, identity, deployment), visitor);
  } catch (error) {
    await store.remove();
    throw error;
  }
}

/** @throws ServiceError `budget_exceeded` */
async function startedView(env: Env, start: TaskStart, visitor: Visitor): Promise<TaskView> {
  const started = await startObject(env, start, visitor);
  if (started.kind === "started") return started.viewed.view;
  throw overBudget(started.balance, started.needed_micro_usd, Date.now());
}

/** Starts the object. When the call broke off, it may have started all the same: then its files must stay. */
async function startObject({ TASKS }: Env, start: TaskStart, visitor: Visitor): Promise<Started> {
  try {
    return await TASKS.getByName(start.task_id).start(start, visitor.origin);
  } catch (error) {
    const viewed = await TASKS.getByName(start.task_id).view(visitor);
    if (!viewed) throw error;
    return { kind: "started", viewed };
  }
}
