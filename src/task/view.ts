/** The task as a client sees it. The schema is the contract; the client library and the form use only this. */
import { z } from "zod";
import { imageAnalysisSchema, mergedAnalysisSchema, videoAnalysisSchema } from "../analysis/schema.ts";
import { chargedSchema } from "../errors.ts";
import { imageContentTypes, videoContentTypes } from "../references/schema.ts";
import { deliveryOutcomes } from "../webhooks/delivery.ts";
import { planViewSchema } from "./plan-view.ts";
import { acceptedRequestSchema } from "./request.ts";
import { segmentStatuses, taskErrorSchema, taskStatusSchema, waitingSchema, warningSchema } from "./status.ts";

/** Who is told of the task's end, and how that went. */
export const webhookViewSchema = z.object({
  url: z.string(),
  /** The `webhook-id` that every try carries. */
  event_id: z.string(),
  /** Before the end; until it was taken or given up; and then. */
  status: z.enum(["waiting", "delivering", "delivered", "failed"]),
  /** Null where none will come. */
  next_attempt_at: z.iso.datetime().nullable(),
  /** In order; the last ones of many. */
  deliveries: z.array(z.object({
    at: z.iso.datetime(),
    outcome: z.enum(deliveryOutcomes),
    status_code: z.number().int().nullable(),
    duration_ms: z.number().nullable(),
    /** Full sentences: what happened, and what would help. */
    detail: z.string(),
  })),
});

export type WebhookView = z.infer<typeof webhookViewSchema>;

export const taskViewSchema = z.object({
  task_id: z.string(),
  status: taskStatusSchema,
  sandbox: z.boolean(),
  created_at: z.iso.datetime(),
  /**
   * When the task came into each status, in order; the first is `queued` at `created_at`. A status can come again, and of
   * a task that is older than this list, some are missing.
   */
  timeline: z.array(z.object({ status: taskStatusSchema, at: z.iso.datetime() })),
  updated_at: z.iso.datetime(),
  expires_at: z.iso.datetime(),
  request: acceptedRequestSchema,
  /** Which clips make the video, decided before anything is paid. */
  plan: planViewSchema,
  references: z.object({
    images: z.array(z.object({
      url: z.url(),
      content_type: z.enum(imageContentTypes),
      bytes: z.number().int(),
      width: z.number().int(),
      height: z.number().int(),
    })),
    video: z.object({
      url: z.url(),
      content_type: z.enum(videoContentTypes),
      bytes: z.number().int(),
      width: z.number().int(),
      height: z.number().int(),
      duration_seconds: z.number(),
    }).nullable(),
  }),
  /** Fills while the analyses arrive: an entry is null until its picture was understood. */
  step1_analysis: z.object({
    images: z.array(imageAnalysisSchema.nullable()),
    video: videoAnalysisSchema.nullable(),
    merged: mergedAnalysisSchema.nullable(),
  }).nullable(),
  /** What the video model is asked for; of several segments all prompts, each under a line that names its segment. */
  step2_prompt: z.string().nullable(),
  /** While the prompts wait to be approved: until when. */
  approve_by: z.iso.datetime().nullable(),
  step3_video_generation: z.object({
    provider: z.enum(["gemini", "vertex", "omni"]),
    model: z.string(),
    status: z.enum(segmentStatuses),
    segments: z.array(z.object({
      kind: z.enum(["generate", "extend"]),
      status: z.enum(segmentStatuses),
      seconds: z.number(),
      shown_seconds: z.number(),
      prompt: z.string(),
      /** How many excerpts of the reference video the model was shown with it; null where it was told of it in words alone. */
      excerpts: z.number().int().nullable(),
      /** The clip itself, as the model made it, once it is stored; also when the task failed. */
      video_url: z.url().nullable(),
    })),
    video_url: z.url().nullable(),
    /** Of a square: the video before it was cropped. */
    original_url: z.url().nullable(),
    duration_seconds: z.number().nullable(),
    width: z.number().int().nullable(),
    height: z.number().int().nullable(),
    content_type: z.literal("video/mp4").nullable(),
    bytes: z.number().int().nullable(),
  }).nullable(),
  cost: z.object({
    estimate_usd: z.number(),
    charged: chargedSchema,
    /** What was really paid; null while the task runs, and where nobody knows. */
    actual_usd: z.number().nullable(),
    /** What was paid so far: for certain; and at the very most, with all of which nobody knows whether it was charged. */
    at_least_usd: z.number(),
    at_most_usd: z.number(),
    prices_as_of: z.string(),
  }),
  /** Null while the task goes on by itself. */
  waiting: waitingSchema.nullable(),
  warnings: z.array(warningSchema),
  error: taskErrorSchema.nullable(),
  /** Null where nobody is told. */
  webhook: webhookViewSchema.nullable(),
  /** `approve`, `cancel` and `redeliver` are null while they would be refused. */
  links: z.object({
    self: z.url(),
    /** The same as server-sent events. */
    events: z.url(),
    video: z.url().nullable(),
    approve: z.url().nullable(),
    cancel: z.url().nullable(),
    /** Sends the webhook again. */
    redeliver: z.url().nullable(),
  }),
});

export type TaskView = z.infer<typeof taskViewSchema>;
