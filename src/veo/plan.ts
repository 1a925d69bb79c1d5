/** Which clip makes the video that was asked for, and what it costs: decided before anything is stored or paid. */
import { z } from "zod";
import type { Settings } from "../env.ts";
import { type FieldProblem, ServiceError } from "../errors.ts";
import { findOffer } from "./capabilities.ts";

export const planSchema = z.object({
  provider: z.enum(["gemini"]),
  model: z.string(),
  resolution: z.enum(["720p", "1080p"]),
  aspect_ratio: z.enum(["16:9", "9:16"]),
  /** Length of the one clip that is made, seconds. */
  clip_seconds: z.number().positive(),
  /** What the model takes of a prompt, its own tokens. */
  prompt_tokens_maximum: z.number().int().positive(),
  estimate_usd: z.number().nonnegative(),
  prices_as_of: z.string(),
});

export type Plan = z.infer<typeof planSchema>;

/** What of a request the plan depends on. */
export interface PlanInput {
  readonly duration_seconds: number;
  readonly aspect_ratio: "16:9" | "9:16" | "1:1";
  readonly quality: "high" | "standard";
}

export type Planned =
  | { readonly ok: true; readonly plan: Plan }
  | { readonly ok: false; readonly problems: readonly FieldProblem[] };

/**
 * Plans one clip by the capability table.
 *
 * @returns the plan, or every field that asks for what the model cannot do, with what would work instead
 * @throws ServiceError `not_configured` when the settings name a model that the table does not have
 */
export function planVideo(input: PlanInput, settings: Pick<Settings, "videoModel" | "videoProvider">): Planned {
  const model = settings.videoModel[input.quality];
  const provider = settings.videoProvider === "auto" ? "gemini" : settings.videoProvider;
  const offer = findOffer(provider, model);
  if (!offer) {
    const variable = input.quality === "high" ? "VEO_MODEL_HIGH" : "VEO_MODEL_STANDARD";
    throw new ServiceError("not_configured", `${variable} names a model that this version does not know.`);
  }
  const problems: FieldProblem[] = [];
  const aspectRatio = offer.aspectRatios.find((ratio) => ratio === input.aspect_ratio);
  if (!aspectRatio) {
    problems.push({
      field: "aspect_ratio",
      code: "invalid_input",
      message: `${input.aspect_ratio} cannot be made. Ask for ${offer.aspectRatios.join(" or ")}.`,
    });
  }
  const clipSeconds = offer.clipSecondsWithReferences.find((seconds) => seconds >= input.duration_seconds);
  if (!clipSeconds) {
    problems.push({
      field: "duration_seconds",
      code: "invalid_input",
      message: `${input.duration_seconds} s cannot be made. Ask for 5 to ${
        Math.max(...offer.clipSecondsWithReferences)
      } s.`,
    });
  }
  if (!aspectRatio || !clipSeconds) return { ok: false, problems };
  const resolution = offer.resolutionByQuality[input.quality];
  return {
    ok: true,
    plan: {
      provider: offer.provider,
      model,
      resolution,
      aspect_ratio: aspectRatio,
      clip_seconds: clipSeconds,
      prompt_tokens_maximum: offer.promptTokensMaximum,
      estimate_usd: roundToCents(clipSeconds * offer.usdPerSecond[resolution]),
      prices_as_of: offer.pricesAsOf,
    },
  };
}

function roundToCents(usd: number): number {
  return Math.round(usd * 100) / 100;
}
