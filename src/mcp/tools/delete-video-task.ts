/** `DELETE /veo31/tasks/{task_id}` as a tool. */
import { z } from "zod";
import { readArguments } from "../read-arguments.ts";
import { taskIdArgument, taskPath } from "../task-argument.ts";
import type { Tool } from "../tool.ts";

const input = z.strictObject({ task_id: taskIdArgument });

export const deleteVideoTask: Tool = {
  name: "delete_video_task",
  title: "Delete a video",
  description:
    "Removes a task with its references and its video, for good; links to them end. What was paid for is not " +
    "paid back. Tasks go by themselves after some days, so call it only when the user asks for it.",
  input,
  output: z.object({ task_id: z.string(), deleted: z.literal(true) }),
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: false },
  async call(sent, { ask }) {
    const { task_id } = readArguments(input, sent);
    await ask({ method: "DELETE", path: taskPath("tasks", task_id) });
    return { words: [`Task ${task_id} and its files are removed.`], structured: { task_id, deleted: true } };
  },
};
