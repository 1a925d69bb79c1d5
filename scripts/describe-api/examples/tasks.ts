/** One task on its way, in the examples. */
import type { TaskView } from "../../../src/task/view.ts";
import { imageAnalysis, mergedAnalysis, videoAnalysis } from "./analyses.ts";
import { plan } from "./offers.ts";

const origin = "https://video.example.org";
export const taskId = "0123456789abcdef0123456789abcdef";
const media = `${origin}/veo31/media/fedcba9876543210fedcba9876543210`;
const task = `${origin}/veo31/tasks/${taskId}`;
const prompt = "Slow orbit around a gold ring with an emerald on black velvet; the stone catches soft daylight.";

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 23, 10, 0, seconds)).toISOString();

const links = {
  self: `${origin}/veo31/status/${taskId}`,
  events: `${origin}/veo31/status/${taskId}/events`,
  video: null,
  approve: null,
  cancel: `${task}/cancel`,
  redeliver: null,
};

export const queuedTask: TaskView = {
  task_id: taskId,
  status: "queued",
  sandbox: false,
  created_at: at(0),
  timeline: [{ status: "queued", at: at(0) }],
  updated_at: at(0),
  expires_at: "2026-11-30T10:00:00.000Z",
  request: {
    use_case: "gemstone_closeup",
    duration_seconds: 8,
    aspect_ratio: "16:9",
    quality: "high",
    structure: "shots",
    additional_prompt: "A slow turn on black velvet",
    review: false,
  },
  plan,
  references: {
    images: [1, 2].map((number) => ({
      url: `${media}/reference_image${number}.jpg`,
      content_type: "image/jpeg" as const,
      bytes: 412_345,
      width: 1600,
      height: 1200,
    })),
    video: {
      url: `${media}/video_reference.mp4`,
      content_type: "video/mp4",
      bytes: 2_345_678,
      width: 1280,
      height: 720,
      duration_seconds: 6,
    },
  },
  step1_analysis: null,
  step2_prompt: null,
  approve_by: null,
  step3_video_generation: null,
  cost: {
    estimate_usd: 3.2,
    charged: "no",
    actual_usd: null,
    at_least_usd: 0,
    at_most_usd: 0,
    prices_as_of: "2026-10-20",
  },
  waiting: null,
  warnings: [],
  error: null,
  webhook: null,
  links,
};

const generation: NonNullable<TaskView["step3_video_generation"]> = {
  provider: plan.provider,
  model: plan.model,
  status: "pending",
  segments: [
    { kind: "generate", status: "pending", seconds: 8, shown_seconds: 8, prompt, excerpts: null, video_url: null },
  ],
  video_url: null,
  original_url: null,
  duration_seconds: null,
  width: null,
  height: null,
  content_type: null,
  bytes: null,
};

const understood: TaskView = {
  ...queuedTask,
  step1_analysis: { images: [imageAnalysis, imageAnalysis], video: videoAnalysis, merged: mergedAnalysis },
  step2_prompt: prompt,
  step3_video_generation: generation,
};

export const waitingForApproval: TaskView = {
  ...understood,
  status: "awaiting_approval",
  updated_at: at(20),
  approve_by: "2026-11-24T10:00:20.000Z",
  request: { ...queuedTask.request, review: true },
  links: { ...links, approve: `${task}/approve` },
};

export const generatingTask: TaskView = {
  ...understood,
  status: "generating",
  updated_at: at(25),
  timeline: [...queuedTask.timeline, { status: "generating", at: at(25) }],
  step3_video_generation: { ...generation, status: "running" },
};

export const succeededTask: TaskView = {
  ...understood,
  status: "succeeded",
  updated_at: at(95),
  timeline: [...generatingTask.timeline, { status: "succeeded", at: at(95) }],
  step3_video_generation: {
    ...generation,
    status: "succeeded",
    segments: generation.segments.map((segment) => ({
      ...segment,
      status: "succeeded",
      video_url: `${media}/clip1.mp4`,
    })),
    video_url: `${media}/video.mp4`,
    duration_seconds: 8,
    width: 1920,
    height: 1080,
    content_type: "video/mp4",
    bytes: 5_242_880,
  },
  cost: { ...queuedTask.cost, charged: "yes", actual_usd: 3.2, at_least_usd: 3.2, at_most_usd: 3.2 },
  links: { ...links, video: `${media}/video.mp4`, cancel: null },
};

export const failedTask: TaskView = {
  ...queuedTask,
  status: "failed",
  updated_at: at(12),
  cost: { ...queuedTask.cost, actual_usd: 0 },
  error: {
    code: "analysis_failed",
    message: "The pictures could not be understood. Try others.",
    retryable: false,
    charged: "no",
  },
  links: { ...links, cancel: null },
};

export const canceledTask: TaskView = {
  ...failedTask,
  status: "canceled",
  error: { code: "canceled", message: "The task was cancelled.", retryable: true, charged: "no" },
};

/** The end of a task whose customer wanted to be told of it, as the webhook tells it. */
export const toldTask: TaskView = {
  ...succeededTask,
  webhook: {
    url: "https://shop.example.org/hooks/video",
    event_id: "msg_0123456789abcdef0123456789abcdef",
    status: "delivering",
    next_attempt_at: at(95),
    deliveries: [],
  },
  links: { ...succeededTask.links, redeliver: `${task}/redeliver` },
};

export const redeliveredTask: TaskView = {
  ...toldTask,
  webhook: toldTask.webhook && {
    ...toldTask.webhook,
    deliveries: [{
      at: at(95),
      outcome: "rejected",
      status_code: 500,
      duration_ms: 120,
      detail: "The receiver answered with status 500. Any from 200 to 299 would have taken it.",
    }],
  },
};
