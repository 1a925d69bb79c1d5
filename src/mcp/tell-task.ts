/** A task in words: where it is, what it cost, what to do next. Pure. */
import type { TaskStatus, Warning } from "../task/status.ts";
import type { TaskView } from "../task/view.ts";
import { tellCharged } from "./tell-money.ts";

/** What is going on, and what an agent does about it. */
const sentences: Readonly<Record<TaskStatus, string>> = {
  queued: "The task waits to begin. Call get_video_task with wait_seconds to follow it.",
  analyzing: "The references are being looked at. Call get_video_task with wait_seconds to go on waiting.",
  prompting: "The prompt is being written. Call get_video_task with wait_seconds to go on waiting.",
  awaiting_approval:
    "The prompts wait to be approved; nothing was paid to the video model. Show them to the user, then " +
    "call approve_prompts, or cancel_video_task.",
  generating: "The video model is at work. Call get_video_task with wait_seconds to go on waiting.",
  finishing: "The clips are there and are being put together. Call get_video_task with wait_seconds to go on waiting.",
  succeeded: "The video is ready. Call get_video for its link.",
  failed: "The task failed. It will not go on by itself.",
  canceled: "The task was cancelled.",
};

/** @returns paragraphs */
export function tellTask(task: TaskView): string[] {
  return [
    `Task ${task.task_id}: ${task.status}. ${sentences[task.status]}`,
    tellCharged(task),
    ...(task.waiting ? [task.waiting.message] : []),
    ...(task.error ? [tellError(task.error)] : []),
    ...(task.status === "awaiting_approval" ? tellPrompts(task) : []),
    ...tellWarnings(task.warnings),
  ];
}

function tellError({ code, message, retryable }: NonNullable<TaskView["error"]>): string {
  const advice = retryable ? "The same request may succeed later." : "The same request would fail again.";
  return `${message} (${code}) ${advice}`;
}

function tellPrompts({ step3_video_generation, approve_by }: TaskView): string[] {
  const segments = step3_video_generation?.segments ?? [];
  const prompts = segments.map(({ prompt }, index) => `Prompt ${index + 1} of ${segments.length}:\n${prompt}`);
  return [...(approve_by === null ? [] : [`They can be approved until ${approve_by}.`]), ...prompts];
}

export function tellWarnings(warnings: readonly Warning[]): string[] {
  return warnings.map(({ message }) => `Mind: ${message}`);
}
