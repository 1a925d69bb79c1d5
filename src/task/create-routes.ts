/** The two ways to ask for a video. */
import { type Context, Hono } from "hono";
import { withStartsLimited } from "../access/admission.ts";
import { type ServiceEnvironment, visitorOf } from "../access/caller.ts";
import { logFailure } from "../log.ts";
import { otherMethods } from "../other-methods.ts";
import type { ServiceDependencies } from "../service-dependencies.ts";
import { createTask } from "./create-task.ts";
import { settledWithin } from "./follow.ts";
import { asFiles, byAddresses, type Way } from "./intake.ts";
import { requireSettings } from "./missing-settings.ts";
import { modelsNow } from "./models-now.ts";
import { preferredWaitSeconds } from "./prefer.ts";
import { hasEnded } from "./status.ts";
import { retryAfterSeconds } from "./timing.ts";
import type { TaskView } from "./view.ts";

type ServiceContext = Context<ServiceEnvironment>;

export function createTaskRoutes(dependencies: ServiceDependencies) {
  return new Hono<ServiceEnvironment>()
    .post(
      "/generate",
      withStartsLimited,
      (context) => answerWithTask(context, asFiles(dependencies.fetch), dependencies),
    )
    .all("/generate", otherMethods("POST"))
    .post("/generate-from-urls", withStartsLimited, (context) => {
      return answerWithTask(context, byAddresses(dependencies.fetch), dependencies);
    })
    .all("/generate-from-urls", otherMethods("POST"));
}

async function answerWithTask(context: ServiceContext, way: Way, { fetch }: ServiceDependencies) {
  const knowledge = await modelsNow(context, fetch);
  requireSettings(knowledge.settings);
  const creating = createTask(context, way, knowledge);
  // A client that goes away in the middle must not take the cleaning up with it. A failure is told by the answer itself.
  context.executionCtx.waitUntil(creating.catch(() => {}));
  const { view: started, isReplayed } = await creating;
  const waitSeconds = preferredWaitSeconds(context.req.raw.headers);
  const view = waitSeconds === null ? started : await settledView(context, started, waitSeconds);
  const isDone = hasEnded(view);
  return context.json(view, isDone && waitSeconds !== null ? 200 : 202, {
    "Location": view.links.self,
    "Cache-Control": "no-store",
    ...(!isDone && { "Retry-After": String(retryAfterSeconds) }),
    ...(waitSeconds !== null && { "Preference-Applied": `wait=${waitSeconds}` }),
    ...(isReplayed && { "Idempotent-Replayed": "true" }),
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
