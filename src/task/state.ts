/**
 * A task as its Durable Object keeps it. Stored state is parsed on the way in, never cast: a row written by an earlier
 * version is either understood or an error.
 *
 * Times are milliseconds since 1970, because steps calculate with them.
 */
import { z } from "zod";
import { imageAnalysisSchema, mergedAnalysisSchema, videoAnalysisSchema } from "../analysis/schema.ts";
import { uploadedFileSchema } from "../upstream/google-files.ts";
import { chargedSchema } from "../errors.ts";
import { storedImageSchema, storedVideoSchema } from "../references/schema.ts";
import { callbackSchema } from "../webhooks/callback.ts";
import { deliverySchema } from "../webhooks/delivery.ts";
import { planSchema, planSegmentSchema } from "../veo/plan.ts";
import { acceptedRequestSchema } from "./request.ts";
import { endingSchema, segmentStatuses, taskErrorSchema, taskStatusSchema, warningSchema } from "./status.ts";
import { jobSchema, newJob } from "./stored-job.ts";
import { dayMs } from "./timing.ts";

export { type Job, jobSchema, newJob } from "./stored-job.ts";

const time = z.number();

/** What the task has set aside of its owner's budget, and its word on what it cost in the end. */
const spendingSchema = z.object({
  /** The last day on which something was set aside, `2026-11-23`; how much on it, and on days before it. */
  day: z.string(),
  reserved_micro_usd: z.number().int(),
  earlier_micro_usd: z.number().int(),
  /** Tells the ledger what was spent; null once it was told. */
  settle: jobSchema.nullable(),
});

/** Who is told of the task's end, and how that went. */
const webhookSchema = callbackSchema.extend({
  /** Tells of the end; null before it, and once it was told or given up. Its `faults` are the tries of this round. */
  deliver: jobSchema.nullable(),
  /** The tries so far; the last ones of many. */
  deliveries: z.array(deliverySchema),
  /** Counts what a client can see of it after the end, where the task's `revision` stays. */
  changes: z.number().int(),
});

/** A video file in R2, as it was read back. */
const storedClipSchema = z.object({
  key: z.string(),
  bytes: z.number().int(),
  width: z.number().int(),
  height: z.number().int(),
  duration_seconds: z.number(),
});

/** When the task came into a status. */
const arrivalSchema = z.object({ status: taskStatusSchema, at: time });

const finishedVideoSchema = storedClipSchema.extend({
  /** Of a square: the file before it was cropped. */
  original: storedClipSchema.nullable(),
  /** How a square was made: by a cropping window, or anew by Cloudflare Media Transformations. */
  square_by: z.enum(["crop", "transform"]).nullable(),
});

/** One clip of the plan on its way: asked for, looked for, stored. */
export const segmentSchema = planSegmentSchema.extend({
  status: z.enum(segmentStatuses),
  prompt: z.string(),
  /** For each earlier try that ended without a clip, whether it cost money. */
  lost_tries: z.array(chargedSchema),
  submit: jobSchema,
  submitted_at: time.nullable(),
  /** Whether the present try cost money, as far as is known now. */
  charged: chargedSchema,
  /** What the model's adapter needs to find its operation; opaque here. */
  operation: z.json(),
  poll: jobSchema,
  completed_at: time.nullable(),
  /** What the adapter needs to fetch the finished clip; opaque here. */
  clip_file: z.json(),
  store: jobSchema,
  clip: storedClipSchema.nullable(),
  /** How many excerpts of the reference video the model was shown with it; null when there is none to show, or none is. */
  excerpts: z.number().int().nullable().default(null),
  /** Asks the provider to stop the clip, where it can; null once it was asked. */
  cancel: jobSchema.nullable().default(null),
});

export const taskStateSchema = z.object({
  version: z.literal(2),
  /** Counts the changes that a client can see: the ETag of the status, the ids of the events. */
  revision: z.number().int(),
  task_id: z.string(),
  /** Whose key asked for it: nobody else sees it. Null in a deployment without keys. */
  owner: z.string().nullable().default(null),
  /** What the request was that an `Idempotency-Key` came with, as a digest (`fingerprint`); null when none came. */
  fingerprint: z.string().nullable().default(null),
  /** The unguessable part of the addresses of this task's files. */
  media_secret: z.string(),
  sandbox: z.boolean(),
  status: taskStatusSchema,
  created_at: time,
  /** Each status the task came into after `queued`, where it begins at `created_at`; in order. */
  timeline: z.array(arrivalSchema).default([]),
  updated_at: time,
  expires_at: time,
  retention_ms: z.number(),
  request: acceptedRequestSchema,
  plan: planSchema,
  /** How the video is made should the plan's model turn out to be retired; the next first. */
  successors: z.array(planSchema).default([]),
  /** Who understands the pictures and writes the prompts. */
  analyst: z.enum(["openai", "gemini"]).default("openai"),
  images: z.array(z.object({
    reference: storedImageSchema,
    analyse: jobSchema,
    analysis: imageAnalysisSchema.nullable(),
  })),
  video_reference: z.object({
    reference: storedVideoSchema,
    upload: jobSchema,
    /** The file as the Files API named it; null until uploaded, and for videos small enough to be sent inline. */
    file: uploadedFileSchema.nullable(),
    file_active: z.boolean(),
    check: jobSchema,
    analyse: jobSchema,
    analysis: videoAnalysisSchema.nullable(),
    /** Removes the file from Google once it was analysed. */
    remove: jobSchema,
  }).nullable(),
  merged: mergedAnalysisSchema.nullable(),
  write_prompt: jobSchema,
  /** Empty until the prompts are written; then one for each of the plan. */
  segments: z.array(segmentSchema),
  /** What the provider keeps of every try for a clip until it is told to forget it; `forget` is null once it was. */
  copies: z.array(z.object({ operation: z.json(), forget: jobSchema.nullable() })).default([]),
  /** Until when the prompts wait to be approved; null when they do not. */
  approve_by: time.nullable(),
  /** Null where no budget is set. */
  spending: spendingSchema.nullable().default(null),
  /** Null where nobody wants to be told. */
  webhook: webhookSchema.nullable().default(null),
  /** Makes the finished video from the clips. */
  finish: jobSchema,
  video: finishedVideoSchema.nullable(),
  /** How the task will end once the clips that are under way are safe; null while nothing went wrong for good. */
  ending: endingSchema.nullable(),
  warnings: z.array(warningSchema),
  error: taskErrorSchema.nullable(),
});

export type Webhook = z.infer<typeof webhookSchema>;
export type Spending = z.infer<typeof spendingSchema>;
export type Segment = z.infer<typeof segmentSchema>;
export type Arrival = z.infer<typeof arrivalSchema>;
export type StoredClip = z.infer<typeof storedClipSchema>;
export type FinishedVideo = z.infer<typeof finishedVideoSchema>;
export type TaskState = z.infer<typeof taskStateSchema>;

/** What a request hands to a new task. */
export const taskStartSchema = taskStateSchema.pick({
  task_id: true,
  owner: true,
  fingerprint: true,
  media_secret: true,
  sandbox: true,
  request: true,
  plan: true,
  successors: true,
  analyst: true,
}).extend({
  /** Whether the plan's model is known to be retired, and nothing may stand in for it: such a task ends at once. */
  is_model_retired: z.boolean().default(false),
  images: z.array(storedImageSchema).min(1).max(3),
  video: storedVideoSchema.nullable(),
  callback: callbackSchema.nullable().default(null),
  warnings: z.array(warningSchema),
  retention_days: z.number(),
});

export type TaskStart = z.infer<typeof taskStartSchema>;

/** The state of a task that was just asked for: nothing done, everything due. */
export function newTaskState(start: TaskStart, now: number): TaskState {
  const { images, video, callback, retention_days, is_model_retired: _, ...rest } = start;
  return {
    ...rest,
    version: 2,
    revision: 1,
    status: "queued",
    created_at: now,
    timeline: [],
    updated_at: now,
    expires_at: now + retention_days * dayMs,
    retention_ms: retention_days * dayMs,
    images: images.map((reference) => ({ reference, analyse: newJob(now), analysis: null })),
    video_reference: video && {
      reference: video,
      upload: newJob(now),
      file: null,
      file_active: false,
      check: newJob(now),
      analyse: newJob(now),
      analysis: null,
      remove: newJob(now),
    },
    merged: null,
    write_prompt: newJob(now),
    segments: [],
    copies: [],
    approve_by: null,
    spending: null,
    webhook: callback && { ...callback, deliver: null, deliveries: [], changes: 0 },
    finish: newJob(now),
    video: null,
    ending: null,
    error: null,
  };
}
