/** What this deployment offers, and what a wish would cost, as a client sees it. */
import { z } from "zod";
import { budgetViewSchema } from "../budget/budget-view.ts";
import { imageContentTypes, videoContentTypes } from "../references/schema.ts";
import { useCases } from "../use-case.ts";
import { resolutions } from "../veo/capabilities.ts";
import { modelStates } from "../veo/model-state.ts";
import { providers } from "../video-provider.ts";
import { aspectRatios, qualities, structures } from "../video-wish.ts";
import { planViewSchema } from "./plan-view.ts";
import { warningSchema } from "./status.ts";

/** How long such videos took on this deployment, from the start to the end, without a person's time to approve. */
const timeSchema = z.object({
  /** Half of them were there by then. */
  typical_seconds: z.number(),
  /** Nine in ten were. */
  slow_seconds: z.number(),
  /** How many it is read from. */
  videos: z.number().int(),
});

export type TimeView = z.infer<typeof timeSchema>;

export const estimateSchema = z.object({
  plan: planViewSchema,
  cost: z.object({ estimate_usd: z.number(), prices_as_of: z.string() }),
  /** Null where too few such videos were made to tell. */
  time: timeSchema.nullable(),
  /** What is left of the day's budget of the key that asks; null where none is set. */
  budget: budgetViewSchema.nullable(),
  warnings: z.array(warningSchema),
});

export type Estimate = z.infer<typeof estimateSchema>;

/** What Google has said about a model's end: it ends that day, or not before it. */
const retirementSchema = z.object({ date: z.string(), kind: z.enum(["on", "not_before"]) });

/** A model that this deployment may come to use. */
export const modelViewSchema = z.object({
  provider: z.enum(providers),
  model: z.string(),
  state: z.enum(modelStates),
  /** When it was looked for last; null when never. */
  seen_at: z.iso.datetime().nullable(),
  retirement: retirementSchema.nullable(),
});

export type ModelView = z.infer<typeof modelViewSchema>;

/** What one quality comes to with the model that makes it. */
const qualityOfferSchema = z.object({
  provider: z.enum(providers),
  model: z.string(),
  /** `unknown`: nobody has looked yet. A retired one makes no videos. */
  state: z.enum(modelStates),
  /** The retired model that it stands in for. */
  replaces: z.string().nullable(),
  retirement: retirementSchema.nullable(),
  /** Whether it is shown excerpts of the reference video; else it is only told of its motion in words. */
  follows_video: z.boolean(),
  resolution: z.enum(resolutions),
  /** Lengths of one clip, seconds. */
  clip_seconds: z.array(z.number()),
  /** How a clip is continued without a cut; null when it cannot be. */
  single_take: z.object({
    resolution: z.enum(resolutions),
    /** What one extension can add. */
    extension_seconds: z.array(z.number()),
    seconds_maximum: z.number(),
  }).nullable(),
  usd_per_second: z.partialRecord(z.enum(resolutions), z.number()),
  prices_as_of: z.string(),
});

export const capabilitiesSchema = z.object({
  sandbox: z.boolean(),
  /** Whether everything else here must be asked for with a key of this service. */
  api_key_required: z.boolean(),
  /** Names of the settings without which no video can be made. */
  missing: z.array(z.string()),
  /** Who looks at the pictures and writes the prompt; null without a key for it. */
  analyst: z.enum(["openai", "gemini"]).nullable(),
  /** Whether a reference video can be sent. */
  takes_video: z.boolean(),
  /** Whether somebody can be told of the end of a task (`callback_url`). */
  takes_callback: z.boolean(),
  limits: z.object({
    duration_seconds: z.object({ minimum: z.number(), maximum: z.number() }),
    additional_prompt_characters: z.number(),
    images: z.object({
      minimum: z.number(),
      maximum: z.number(),
      bytes_maximum: z.number(),
      pixels_maximum: z.number(),
      side_maximum: z.number(),
      content_types: z.array(z.enum(imageContentTypes)),
    }),
    video: z.object({
      bytes_maximum: z.number(),
      content_types: z.array(z.enum(videoContentTypes)),
      /** How much of it is looked at, from its beginning, and how closely. */
      watched: z.object({ seconds_maximum: z.number(), frames_per_second: z.number() }),
    }),
  }),
  use_cases: z.array(z.enum(useCases)),
  aspect_ratios: z.array(z.enum(aspectRatios)),
  structures: z.array(z.enum(structures)),
  qualities: z.record(z.enum(qualities), qualityOfferSchema),
  models: z.array(modelViewSchema),
});

export type Capabilities = z.infer<typeof capabilitiesSchema>;
