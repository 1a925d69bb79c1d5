/** Following a task: one request costs its object one call, one listener one message for each change. */
import { type Context, Hono } from "hono";
import { type ServiceEnvironment, visitorOf } from "../access/caller.ts";
import { checkConditions } from "../conditional-request.ts";
import { otherMethods } from "../other-methods.ts";
import { eventStream } from "./event-stream.ts";
import { followTask } from "./follow.ts";
import { hasEnded } from "./status.ts";
import { noSuchTask, taskParam } from "./task-param.ts";
import { retryAfterSeconds } from "./timing.ts";

type ServiceContext = Context<ServiceEnvironment>;

export const statusRoutes = new Hono<ServiceEnvironment>()
  .get("/:task_id", taskParam, async (context) => {
    const viewed = await viewTask(context, context.req.valid("param").task_id);
    const { etag } = viewed;
    const headers = {
      "ETag": etag,
      "Cache-Control": "private, no-cache",
      ...(!hasEnded(viewed.view) && { "Retry-After": String(retryAfterSeconds) }),
    };
    switch (checkConditions(context.req.raw.headers, etag)) {
      case "proceed":
        return context.json(viewed.view, 200, headers);
      case "not_modified":
        return context.body(null, 304, headers);
      case "precondition_failed":
        return context.body(null, 412, headers);
    }
  })
  .all("/:task_id", otherMethods("GET, HEAD"))
  .get("/:task_id/events", taskParam, async (context) => {
    const { task_id } = context.req.valid("param");
    const { revision, view } = await viewTask(context, task_id);
    const after = lastEventId(context.req.raw.headers);
    // A browser connects again after the last event too, unless it is told that there is nothing more.
    if (hasEnded(view) && after === revision) return context.body(null, 204);
    const headers = { "Content-Type": "text/event-stream", "Cache-Control": "private, no-cache, no-transform" };
    if (context.req.method === "HEAD") return context.body(null, 200, headers);
    const subscription = { ...visitorOf(context), after };
    const changes = await followTask(context.env.TASKS.getByName(task_id), subscription);
    if (!changes) throw noSuchTask();
    return context.body(eventStream(changes), 200, headers);
  })
  .all("/:task_id/events", otherMethods("GET, HEAD"));

/** @throws ServiceError `not_found` */
async function viewTask(context: ServiceContext, taskId: string) {
  const viewed = await context.env.TASKS.getByName(taskId).view(visitorOf(context));
  if (!viewed) throw noSuchTask();
  return viewed;
}

/** What is no number of ours says nothing about what the listener saw, so it is shown the task as it is. */
function lastEventId(headers: Headers): number | null {
  const id = headers.get("Last-Event-ID");
  return id !== null && /^\d{1,15}$/.test(id) ? Number(id) : null;
}
