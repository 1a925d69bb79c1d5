/** Builders of tasks and of what upstreams learn, each taking what differs. */
import type { ImageAnalysis, VideoAnalysis } from "../../src/analysis/schema.ts";
import type { StoredImage, StoredVideo } from "../../src/references/schema.ts";
import { newTaskState, type TaskStart, type TaskState } from "../../src/task/state.ts";
import { findOffer } from "../../src/veo/capabilities.ts";
import { type Plan, type PlanInput, planVideo } from "../../src/veo/plan.ts";
import { providerRows } from "../../src/veo/providers.ts";
import type { Provider } from "../../src/video-provider.ts";

export const startedAt = Date.UTC(2026, 10, 23, 12);

export function imageAnalysis(partial: Partial<ImageAnalysis> = {}): ImageAnalysis {
  return {
    subject: "a ring with an emerald",
    product_kind: "ring",
    materials: ["gold"],
    colours: [{ name: "green", hex: "#0b6b4f" }],
    light: "soft light from the left",
    background: "white paper",
    composition: "centred",
    camera: "macro, from above",
    mood: "calm",
    legible_text: [],
    must_not_change: ["the emerald's cut"],
    ...partial,
  };
}

export function videoAnalysis(partial: Partial<VideoAnalysis> = {}): VideoAnalysis {
  return {
    summary: "a slow orbit",
    camera_moves: ["orbit"],
    pace: "slow",
    transitions: [],
    light: "soft",
    beats: [{ start_seconds: 0, end_seconds: 8, what_happens: "the object turns", camera: "orbit" }],
    ...partial,
  };
}

export function storedImage(partial: Partial<StoredImage> = {}): StoredImage {
  return {
    field: "reference_image1",
    key: "tasks/t/s/reference-image-1.jpg",
    content_type: "image/jpeg",
    bytes: 1_000,
    width: 1200,
    height: 900,
    orientation: 1,
    ...partial,
  };
}

export function storedVideo(partial: Partial<StoredVideo> = {}): StoredVideo {
  return {
    field: "video_reference",
    key: "tasks/t/s/video-reference.mp4",
    content_type: "video/mp4",
    bytes: 2_000_000,
    width: 1280,
    height: 720,
    duration_seconds: 8,
    ...partial,
  };
}

/** The plan of a wish, by a provider's row in the capability table. */
export function plan(wish: Partial<PlanInput> = {}, provider: Provider = "gemini"): Plan {
  const usual = { duration_seconds: 8, aspect_ratio: "16:9", quality: "high", structure: "shots" } as const;
  const offer = findOffer(provider, providerRows[provider].usualModels.high);
  const planned = offer && planVideo({ ...usual, ...wish }, offer);
  if (!planned?.ok) throw new Error("The table cannot make what this test wishes.");
  return planned.plan;
}

export function taskStart(partial: Partial<TaskStart> = {}): TaskStart {
  return {
    task_id: "0".repeat(32),
    owner: null,
    fingerprint: null,
    media_secret: "1".repeat(32),
    sandbox: false,
    request: {
      use_case: "general",
      duration_seconds: 8,
      aspect_ratio: "16:9",
      quality: "high",
      structure: "shots",
      additional_prompt: "",
      review: false,
    },
    plan: plan(),
    successors: [],
    is_model_retired: false,
    analyst: "openai",
    images: [storedImage()],
    video: null,
    callback: null,
    warnings: [],
    retention_days: 7,
    ...partial,
  };
}

export function taskState(partial: Partial<TaskStart> = {}): TaskState {
  return newTaskState(taskStart(partial), startedAt);
}
