/** What a person decides about a task: approve its prompts, cancel it, delete it. */
import { Hono } from "hono";
import { type ServiceEnvironment, visitorOf } from "../access/caller.ts";
import { overBudget } from "../budget/budget-view.ts";
import { ServiceError } from "../errors.ts";
import { methodNotAllowed } from "../method-not-allowed.ts";
import type { Reviewed, ViewedTask } from "./viewed-task.ts";
import { readPromptEdits } from "./read-prompt-edits.ts";
import { noSuchTask, taskParam } from "./task-param.ts";

export const reviewRoutes = new Hono<ServiceEnvironment>()
  .post("/:task_id/approve", taskParam, async (context) => {
    const { task_id } = context.req.valid("param");
    const edits = await readPromptEdits(context.req.raw);
    const reviewed = await context.env.TASKS.getByName(task_id).approve(edits, visitorOf(context));
    const { view, revision } = doneOf(reviewed, "approved");
    return context.json(view, 200, headersOf(revision));
  })
  .all("/:task_id/approve", methodNotAllowed("POST"))
  .post("/:task_id/cancel", taskParam, async (context) => {
    const { task_id } = context.req.valid("param");
    const reviewed = await context.env.TASKS.getByName(task_id).cancel(visitorOf(context));
    const { view, revision } = doneOf(reviewed, "cancelled");
    return context.json(view, 200, headersOf(revision));
  })
  .all("/:task_id/cancel", methodNotAllowed("POST"))
  .delete("/:task_id", taskParam, async (context) => {
    const { task_id } = context.req.valid("param");
    if (!await context.env.TASKS.getByName(task_id).remove(visitorOf(context))) throw noSuchTask();
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
    case "over_budget":
      throw overBudget(reviewed.balance, reviewed.needed_micro_usd, Date.now());
    case "wrong_state":
      throw new ServiceError("wrong_state", `A task that is ${reviewed.status} cannot be ${wish}.`);
  }
}

function headersOf(revision: number) {
  return { "ETag": `"${revision}"`, "Cache-Control": "private, no-cache" };
}
