/** What a deployment offers, in the examples. */
import type { Health } from "../../../src/health-view.ts";
import type { Capabilities, Estimate, ModelView } from "../../../src/task/offer-view.ts";
import type { PlanView } from "../../../src/task/plan-view.ts";
import { additionalPromptMaximum, durationSecondsMaximum, durationSecondsMinimum } from "../../../src/task/request.ts";

const model = "veo-3.1-generate-preview";
const pricesAsOf = "2026-10-20";

export const plan: PlanView = {
  provider: "gemini",
  model,
  structure: "shots",
  resolution: "1080p",
  aspect_ratio: "16:9",
  square: false,
  segments: [{ kind: "generate", seconds: 8, shown_seconds: 8 }],
  duration_seconds: 8,
  wasted_seconds: 0,
  prompt_tokens_maximum: 1024,
  width: 1920,
  height: 1080,
};

export const estimate: Estimate = {
  plan,
  cost: { estimate_usd: 3.2, prices_as_of: pricesAsOf },
  time: { typical_seconds: 95, slow_seconds: 180, videos: 12 },
  budget: { daily_usd: 10, left_usd: 6.8, renews_at: "2026-11-24T00:00:00.000Z" },
  warnings: [],
};

const modelView: ModelView = {
  provider: "gemini",
  model,
  state: "answers",
  seen_at: "2026-11-23T09:55:00.000Z",
  retirement: null,
};

const quality: Capabilities["qualities"]["high"] = {
  provider: "gemini",
  model,
  state: "answers",
  replaces: null,
  retirement: null,
  follows_video: false,
  resolution: "1080p",
  clip_seconds: [8],
  single_take: { resolution: "720p", extension_seconds: [7], seconds_maximum: durationSecondsMaximum },
  usd_per_second: { "720p": 0.4, "1080p": 0.4 },
  prices_as_of: pricesAsOf,
};

export const capabilities: Capabilities = {
  sandbox: false,
  api_key_required: true,
  missing: [],
  analyst: "openai",
  takes_video: true,
  takes_callback: true,
  limits: {
    duration_seconds: { minimum: durationSecondsMinimum, maximum: durationSecondsMaximum },
    additional_prompt_characters: additionalPromptMaximum,
    images: {
      minimum: 1,
      maximum: 3,
      bytes_maximum: 20_000_000,
      pixels_maximum: 100_000_000,
      side_maximum: 16_383,
      content_types: ["image/jpeg", "image/png", "image/webp"],
    },
    video: {
      bytes_maximum: 100_000_000,
      content_types: ["video/mp4", "video/quicktime", "video/webm"],
      watched: { seconds_maximum: 60, frames_per_second: 2 },
    },
  },
  use_cases: ["product_video", "hero_image", "gemstone_closeup", "luxury_brand", "general"],
  aspect_ratios: ["16:9", "9:16", "1:1"],
  structures: ["shots", "single_take"],
  qualities: { high: quality, standard: { ...quality, resolution: "720p" } },
  models: [modelView],
};

export const health: Health = {
  ok: true,
  sandbox: false,
  video_provider: "auto",
  model_fallback: "allow",
  configured: {
    GEMINI_API_KEY: true,
    OPENAI_API_KEY: true,
    VERTEX_SERVICE_ACCOUNT: false,
    VERTEX_STORAGE_URI: false,
    API_KEYS: true,
    DAILY_BUDGET_USD: true,
    WEBHOOK_SECRET: true,
  },
  missing: [],
  models: [modelView],
};
