/** What a person decides about a task: approve its prompts, cancel it, have its webhook sent again, delete it. */
import { Hono } from "hono";
import { type ServiceEnvironment, visitorOf } from "../access/caller.ts";
import { overBudget } from "../budget/budget-view.ts";
import { ServiceError } from "../errors.ts";
import { otherMethods } from "../other-methods.ts";
import type { Reviewed, ViewedTask } from "./viewed-task.ts";
import { hasEnded, type TaskStatus } from "./status.ts";
import { readPromptEdits } from "./read-prompt-edits.ts";
import { noSuchTask, taskParam } from "./task-param.ts";

export const reviewRoutes = new Hono<ServiceEnvironment>()
  .post("/:task_id/approve", taskParam, async (context) => {
    const { task_id } = context.req.valid("param");
    const edits = await readPromptEdits(context.req.raw);
    const reviewed = await context.env.TASKS.getByName(task_id).approve(edits, visitorOf(context));
    const { view, etag } = doneOf(reviewed, cannotBe("approved"));
    return context.json(view, 200, headersOf(etag));
  })
  .all("/:task_id/approve", otherMethods("POST"))
  .post("/:task_id/cancel", taskParam, async (context) => {
    const { task_id } = context.req.valid("param");
    const reviewed = await context.env.TASKS.getByName(task_id).cancel(visitorOf(context));
    const { view, etag } = doneOf(reviewed, cannotBe("cancelled"));
    return context.json(view, 200, headersOf(etag));
  })
  .all("/:task_id/cancel", otherMethods("POST"))
  .post("/:task_id/redeliver", taskParam, async (context) => {
    const { task_id } = context.req.valid("param");
    const reviewed = await context.env.TASKS.getByName(task_id).redeliver(visitorOf(context));
    const { view, etag } = doneOf(reviewed, hasNothingToTell);
    return context.json(view, 202, headersOf(etag));
  })
  .all("/:task_id/redeliver", otherMethods("POST"))
  .delete("/:task_id", taskParam, async (context) => {
    const { task_id } = context.req.valid("param");
    if (!await context.env.TASKS.getByName(task_id).remove(visitorOf(context))) throw noSuchTask();
    return context.body(null, 204);
  })
  .all("/:task_id", otherMethods("DELETE"));

/** @throws ServiceError `not_found`, `wrong_state`, or with the prompts that cannot be used */
function doneOf(reviewed: Reviewed | null, refusalIn: (status: TaskStatus) => string): ViewedTask {
  if (!reviewed) throw noSuchTask();
  switch (reviewed.kind) {
    case "done":
      return reviewed.viewed;
    case "refused":
      throw ServiceError.ofProblems(reviewed.problems);
    case "over_budget":
      throw overBudget(reviewed.balance, reviewed.needed_micro_usd, Date.now());
    case "wrong_state":
      throw new ServiceError("wrong_state", refusalIn(reviewed.status));
  }
}

const cannotBe = (wish: string) => (status: TaskStatus) => `A task that is ${status} cannot be ${wish}.`;

const hasNothingToTell = (status: TaskStatus) =>
  hasEnded({ status })
    ? "This task was started without callback_url, so it has no webhook."
    : `A task that is ${status} has no end to tell of. Its webhook is sent when it has one.`;

function headersOf(etag: string) {
  return { "ETag": etag, "Cache-Control": "private, no-cache" };
}
