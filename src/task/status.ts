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

/** `budget`: the day's own is spent. `quota`: the upstream takes no more for now. `upstream_unavailable`: it fails, or does not let us in. */
export const waitReasonSchema = z.enum(["quota", "upstream_unavailable", "budget"]);

/** What keeps a task waiting that is not its own work. */
export const waitingSchema = z.object({
  reason: waitReasonSchema,
  /** Who is waited for, as people know it: "OpenAI". */
  upstream: z.string(),
  /** Full sentences for the customer. */
  message: z.string(),
  /** When a quota is asked for again; null where nobody can say how long it takes. */
  until: z.iso.datetime().nullable(),
});
export type Waiting = z.infer<typeof waitingSchema>;

/** Why a task ends without its video: for people what happened and what to do, for programs a code. */
export const endingSchema = z.object({
  code: taskErrorCodeSchema,
  /** Full sentences for the customer. Whether it cost money is said by `charged`. */
  message: z.string(),
  /** Whether the same request may succeed later. */
  retryable: z.boolean(),
});
export type Ending = z.infer<typeof endingSchema>;

/** Why a task failed, and whether it may have cost money. */
export const taskErrorSchema = endingSchema.extend({ charged: chargedSchema });

export const segmentStatuses = ["pending", "running", "succeeded", "failed"] as const;

/** Whether the task only waits for its expiry. */
export function hasEnded({ status }: { readonly status: TaskStatus }): boolean {
  return status === "succeeded" || status === "failed" || status === "canceled";
}
