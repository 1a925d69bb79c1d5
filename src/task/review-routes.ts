/** What a person decides about a task: approve its prompts, cancel it, delete it. */
import { Hono } from "hono";
import { ServiceError } from "../errors.ts";
import { methodNotAllowed } from "../method-not-allowed.ts";
import { originOf } from "../origin-of.ts";
import type { Reviewed, ViewedTask } from "./viewed-task.ts";
import { readPromptEdits } from "./read-prompt-edits.ts";
import { noSuchTask, taskParam } from "./task-param.ts";

export const reviewRoutes = new Hono<{ Bindings: Env }>()
  .post("/:task_id/approve", taskParam, async (context) => {
    const { task_id } = context.req.valid("param");
    const edits = await readPromptEdits(context.req.raw);
    const reviewed = await context.env.TASKS.getByName(task_id).approve(edits, originOf(context.req));
    const { view, revision } = doneOf(reviewed, "approved");
    return context.json(view, 200, headersOf(revision));
  })
  .all("/:task_id/approve", methodNotAllowed("POST"))
  .post("/:task_id/cancel", taskParam, async (context) => {
    const { task_id } = context.req.valid("param");
    const reviewed = await context.env.TASKS.getByName(task_id).cancel(originOf(context.req));
    const { view, revision } = doneOf(reviewed, "cancelled");
    return context.json(view, 200, headersOf(revision));
  })
  .all("/:task_id/cancel", methodNotAllowed("POST"))
  .delete("/:task_id", taskParam, async (context) => {
    const { task_id } = context.req.valid("param");
    if (!await context.env.TASKS.getByName(task_id).remove()) throw noSuchTask();
    return context.body(null, 204);
  })
  .all("/:task_id", methodNotAllowed("DELETE"));

/** @throws ServiceError `not_found`, `wrong_state`, or with the prompts that cannot be used */
function doneOf(reviewed: Reviewed | null, wish: string): ViewedTask {
  if (!reviewed) throw noSuchTask();
  switch (reviewed.kind) {
    case "done":
      return reviewed.viewed;
    case "refused":
      throw ServiceError.ofProblems(reviewed.problems);
    case "wrong_state":
      throw new ServiceError("wrong_state", `A task that is ${reviewed.status} cannot be ${wish}.`);
  }
}

function headersOf(revision: number) {
  return { "ETag": `"${revision}"`, "Cache-Control": "private, no-cache" };
}
