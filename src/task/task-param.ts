/** The `:task_id` of a route. */
import { zValidator } from "@hono/zod-validator";
import { z } from "zod";
import { ServiceError } from "../errors.ts";
import { taskIdSchema } from "./identity.ts";

const paramSchema = z.object({ task_id: taskIdSchema });

/** An id of another form cannot be a task's, so no object is woken for it. */
export const taskParam = zValidator("param", paramSchema, (result) => {
  if (!result.success) throw noSuchTask();
});

export function noSuchTask(): ServiceError {
  return new ServiceError("not_found", "There is no such task. It may have expired or been deleted.");
}
