/** What a webhook says, as its receiver reads it: that a task ended, and the task. */
import { z } from "zod";
import { taskViewSchema } from "./view.ts";

export const webhookEventTypes = ["task.succeeded", "task.failed", "task.canceled"] as const;

export const webhookEventSchema = z.object({
  type: z.enum(webhookEventTypes),
  /** When the task ended. */
  timestamp: z.iso.datetime(),
  /** The task as the status showed it then. */
  data: taskViewSchema,
});

export type WebhookEvent = z.infer<typeof webhookEventSchema>;
