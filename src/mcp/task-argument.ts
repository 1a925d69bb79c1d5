/** The argument of all tools that are about one task. */
import { z } from "zod";

export const taskIdArgument = z.string().describe("The task_id that generate_video answered with.");

/** @returns the task's address in the service; an id that cannot be one leads to nothing there */
export function taskPath(folder: "status" | "tasks", taskId: string, action = ""): string {
  return `/veo31/${folder}/${encodeURIComponent(taskId)}${action}`;
}
