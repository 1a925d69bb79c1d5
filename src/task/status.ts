/** What a task says of itself, stored and shown alike: where it is, what to mind, why it failed. */
import { z } from "zod";
import { chargedSchema, taskErrorCodeSchema } from "../errors.ts";

export const taskStatuses = [
  "queued",
  "analyzing",
  "prompting",
  "awaiting_approval",
  "generating",
  "finishing",
  "succeeded",
  "failed",
  "canceled",
] as const;

export const taskStatusSchema = z.enum(taskStatuses);
export type TaskStatus = z.infer<typeof taskStatusSchema>;

export const warningSchema = z.object({ code: z.string(), message: z.string() });
export type Warning = z.infer<typeof warningSchema>;

/** Why a task failed: for people what happened, for programs a code, for both whether it may have cost money. */
export const taskErrorSchema = z.object({
  code: taskErrorCodeSchema,
  message: z.string(),
  /** Whether the same request may succeed later. */
  retryable: z.boolean(),
  charged: chargedSchema,
});

export const segmentStatuses = ["pending", "running", "succeeded", "failed"] as const;

/** Whether the task only waits for its expiry. */
export function hasEnded({ status }: { readonly status: TaskStatus }): boolean {
  return status === "succeeded" || status === "failed" || status === "canceled";
}
