/** `POST /veo31/tasks/{task_id}/cancel` as a tool. */
import { z } from "zod";
import { taskViewSchema } from "../../task/view.ts";
import { askJson } from "../ask.ts";
import { readArguments } from "../read-arguments.ts";
import { answerWithTask, taskAnswerSchema } from "../task-answer.ts";
import { taskIdArgument, taskPath } from "../task-argument.ts";
import type { Tool } from "../tool.ts";

const input = z.strictObject({ task_id: taskIdArgument });

export const cancelVideoTask: Tool = {
  name: "cancel_video_task",
  title: "Cancel a video",
  description:
    "Stops a task that has not ended, as far as it still can be stopped, and tells what was paid for by then: " +
    "clips that the video model has begun are usually charged all the same.",
  input,
  output: taskAnswerSchema,
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: false },
  async call(sent, { ask }) {
    const path = taskPath("tasks", readArguments(input, sent).task_id, "/cancel");
    return answerWithTask(await askJson(ask, { method: "POST", path }, taskViewSchema));
  },
};
