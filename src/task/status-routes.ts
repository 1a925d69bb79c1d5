/** Following a task: one request costs one call to its object. */
import { Hono } from "hono";
import { checkConditions } from "../conditional-request.ts";
import { methodNotAllowed } from "../method-not-allowed.ts";
import { hasEnded } from "./status.ts";
import { noSuchTask, taskParam } from "./task-param.ts";
import { retryAfterSeconds } from "./timing.ts";

export const statusRoutes = new Hono<{ Bindings: Env }>()
  .get("/:task_id", taskParam, async (context) => {
    const { task_id } = context.req.valid("param");
    const viewed = await context.env.TASKS.getByName(task_id).view(new URL(context.req.url).origin);
    if (!viewed) throw noSuchTask();
    const etag = `"${viewed.revision}"`;
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
  .all("/:task_id", methodNotAllowed("GET, HEAD"));
