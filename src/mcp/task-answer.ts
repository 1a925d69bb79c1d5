/** A task as tools show it: what an agent acts by, without what only a page shows. */
import type { z } from "zod";
import { type TaskView, taskViewSchema } from "../task/view.ts";
import { tellTask } from "./tell-task.ts";
import type { ToolAnswer } from "./tool.ts";

export const taskAnswerSchema = taskViewSchema.pick({
  task_id: true,
  status: true,
  sandbox: true,
  created_at: true,
  expires_at: true,
  request: true,
  step2_prompt: true,
  approve_by: true,
  step3_video_generation: true,
  cost: true,
  waiting: true,
  warnings: true,
  error: true,
});

export function answerWithTask(view: TaskView, before: readonly string[] = []): ToolAnswer {
  return { words: [...before, ...tellTask(view)], structured: taskAnswerSchema.parse(view) };
}

export type TaskAnswer = z.infer<typeof taskAnswerSchema>;
