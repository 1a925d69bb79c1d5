/** Following a task: one request costs one call to its object. */
import { zValidator } from "@hono/zod-validator";
import { Hono } from "hono";
import { z } from "zod";
import { checkConditions } from "../conditional-request.ts";
import { ServiceError } from "../errors.ts";
import { methodNotAllowed } from "../method-not-allowed.ts";
import { taskIdSchema } from "./identity.ts";
import { retryAfterSeconds } from "./timing.ts";
import { hasEnded } from "./status.ts";

const paramSchema = z.object({ task_id: taskIdSchema });

/** An id of another form cannot be a task's, so no object is woken for it. */
const taskParam = zValidator("param", paramSchema, (result) => {
  if (!result.success) throw noSuchTask();
});

export const taskRoutes = new Hono<{ Bindings: Env }>()
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

function noSuchTask(): ServiceError {
  return new ServiceError("not_found", "There is no such task. It may have expired.");
}
