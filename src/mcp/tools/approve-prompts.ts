/** `POST /veo31/tasks/{task_id}/approve` as a tool. */
import { z } from "zod";
import { taskViewSchema } from "../../task/view.ts";
import { askJson } from "../ask.ts";
import { readArguments } from "../read-arguments.ts";
import { answerWithTask, taskAnswerSchema } from "../task-answer.ts";
import { taskIdArgument, taskPath } from "../task-argument.ts";
import type { Tool } from "../tool.ts";

const ownArguments = z.looseObject({ task_id: taskIdArgument });

export const approvePrompts: Tool = {
  name: "approve_prompts",
  title: "Approve the prompts of a video",
  description:
    "Lets a task go on whose status is awaiting_approval, with its prompts as they are or as edited. FROM THEN " +
    "ON THE VIDEO MODEL IS PAID: call it only when the user agreed to the prompts and to the price.",
  input: z.strictObject({
    task_id: taskIdArgument,
    prompt: z.string().optional().describe(
      "The edited prompt of a video of one segment. Leave out to take it as it is.",
    ),
    prompts: z.array(z.string()).optional().describe(
      "The edited prompts of all segments, in order, as many as there are.",
    ),
  }),
  output: taskAnswerSchema,
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: false },
  async call(sent, { ask }) {
    const { task_id, ...edits } = readArguments(ownArguments, sent);
    const path = taskPath("tasks", task_id, "/approve");
    return answerWithTask(await askJson(ask, { method: "POST", path, body: edits }, taskViewSchema));
  },
};
