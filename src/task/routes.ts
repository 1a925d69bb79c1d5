/** Following a task: one request costs one call to its object. */
import { zValidator } from "@hono/zod-validator";
import { Hono } from "hono";
import { z } from "zod";
import { ServiceError } from "../errors.ts";
import { taskIdSchema } from "./identity.ts";
import { retryAfterSeconds } from "./timing.ts";
import type { TaskView } from "./view.ts";

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
    // Weak: the same state read over another host has other links in it.
    const etag = `W/"${viewed.revision}"`;
    const headers = {
      "ETag": etag,
      "Cache-Control": "private, no-cache",
      ...(!hasEnded(viewed.view) && { "Retry-After": String(retryAfterSeconds) }),
    };
    if (matches(context.req.header("If-None-Match"), etag)) return context.body(null, 304, headers);
    return context.json(viewed.view, 200, headers);
  });

function hasEnded({ status }: TaskView): boolean {
  return status === "succeeded" || status === "failed" || status === "canceled";
}

/** `If-None-Match` as RFC 9110 compares it: weakly, any of a list. */
function matches(header: string | undefined, etag: string): boolean {
  if (!header) return false;
  const opaque = (tag: string) => tag.trim().replace(/^W\//, "");
  return header.trim() === "*" || header.split(",").some((tag) => opaque(tag) === opaque(etag));
}

function noSuchTask(): ServiceError {
  return new ServiceError("not_found", "There is no such task. It may have expired.");
}
