/** Following a task as a tool: `GET /veo31/status/{task_id}`, and waiting as `Prefer: wait` does. */
import { z } from "zod";
import { hasEnded } from "../../task/status.ts";
import { taskViewSchema } from "../../task/view.ts";
import { type Ask, askJson } from "../ask.ts";
import { readArguments } from "../read-arguments.ts";
import { answerWithTask, taskAnswerSchema } from "../task-answer.ts";
import { taskIdArgument, taskPath } from "../task-argument.ts";
import type { Tool } from "../tool.ts";

/** The official clients give a request up after 60 s. */
const waitMaximumSeconds = 50;

const input = z.strictObject({
  task_id: taskIdArgument,
  wait_seconds: z.int().min(0).max(waitMaximumSeconds).default(0).describe(
    "How long to wait for the task to end or to need approval; 0 answers at once. Waiting is cheaper than asking often.",
  ),
  include_analysis: z.boolean().default(false)
    .describe("Whether to add what was seen in the references: long, and rarely needed."),
});

export const getVideoTask: Tool = {
  name: "get_video_task",
  title: "How far a video is",
  description:
    "Tells where a task is, its prompts, what it has cost, and why it failed if it did. With wait_seconds it " +
    "answers when the task has ended or its prompts wait for approval, or when the time is over; then call it again. " +
    "Free.",
  input,
  output: taskAnswerSchema.extend({ step1_analysis: taskViewSchema.shape.step1_analysis.optional() }),
  annotations: { readOnlyHint: true, openWorldHint: false },
  async call(sent, { ask, settled, tellProgress }) {
    const { task_id, wait_seconds, include_analysis } = readArguments(input, sent);
    let view = await viewTask(ask, task_id);
    if (wait_seconds > 0 && !hasEnded(view) && view.status !== "awaiting_approval") {
      await settled(view.task_id, wait_seconds * 1_000, ({ status }) => tellProgress(status));
      view = await viewTask(ask, task_id);
    }
    const answer = answerWithTask(view);
    if (!include_analysis) return answer;
    return { ...answer, structured: { ...answer.structured, step1_analysis: view.step1_analysis } };
  },
};

async function viewTask(ask: Ask, taskId: string) {
  return await askJson(ask, { method: "GET", path: taskPath("status", taskId) }, taskViewSchema);
}
