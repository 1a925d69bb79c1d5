/** From the capability table and the settings to what a client is offered. Pure. */
import { missingSettings, type Settings } from "../env.ts";
import {
  imageBytesMaximum,
  imagePixelsMaximum,
  imageSideMaximum,
  imagesMaximum,
  videoBytesMaximum,
} from "../references/limits.ts";
import { imageContentTypes, videoContentTypes } from "../references/schema.ts";
import { useCases } from "../use-case.ts";
import type { ModelOffer } from "../veo/capabilities.ts";
import { chooseOffer } from "../veo/choose-offer.ts";
import { type Plan, planVideo } from "../veo/plan.ts";
import { aspectRatios, qualities, type Quality, structures } from "../video-wish.ts";
import type { Capabilities, Estimate } from "./offer-view.ts";
import { presentPlan } from "./present-plan.ts";
import { additionalPromptMaximum, durationSecondsMaximum, durationSecondsMinimum } from "./request.ts";
import { planWarnings } from "./warnings.ts";

/** @param transformsSquares whether this deployment has Cloudflare Media Transformations */
export function presentEstimate(plan: Plan, quality: Quality, transformsSquares: boolean): Estimate {
  return {
    plan: presentPlan(plan),
    cost: { estimate_usd: plan.estimate_usd, prices_as_of: plan.prices_as_of },
    warnings: planWarnings(plan, quality, transformsSquares),
  };
}

/** @throws ServiceError `not_configured` when a setting names a model that cannot be used */
export function presentCapabilities(settings: Settings): Capabilities {
  const offers = { high: chooseOffer("high", settings), standard: chooseOffer("standard", settings) };
  return {
    sandbox: settings.sandbox,
    missing: missingSettings(settings),
    limits: {
      duration_seconds: { minimum: durationSecondsMinimum, maximum: durationSecondsMaximum },
      additional_prompt_characters: additionalPromptMaximum,
      images: {
        minimum: 1,
        maximum: imagesMaximum,
        bytes_maximum: imageBytesMaximum,
        pixels_maximum: imagePixelsMaximum,
        side_maximum: imageSideMaximum,
        content_types: [...imageContentTypes],
      },
      video: { bytes_maximum: videoBytesMaximum, content_types: [...videoContentTypes] },
    },
    use_cases: [...useCases],
    aspect_ratios: aspectRatios.filter((ratio) => isPlannedWith({ aspect_ratio: ratio }, offers)),
    structures: structures.filter((structure) => isPlannedWith({ structure }, offers)),
    qualities: { high: presentQuality("high", offers.high), standard: presentQuality("standard", offers.standard) },
  };
}

/** Whether every quality can make it: asked of the plan itself, at a length that needs more than one clip. */
function isPlannedWith(
  wish: { aspect_ratio?: typeof aspectRatios[number]; structure?: typeof structures[number] },
  offers: Readonly<Record<Quality, ModelOffer>>,
): boolean {
  const usual = { duration_seconds: 20, aspect_ratio: "16:9", structure: "shots" } as const;
  return qualities.every((quality) => planVideo({ ...usual, quality, ...wish }, offers[quality]).ok);
}

function presentQuality(quality: Quality, offer: ModelOffer): Capabilities["qualities"][Quality] {
  const resolution = offer.resolutionByQuality[quality];
  const { provider, model, extension, usdPerSecond, pricesAsOf } = offer;
  return {
    provider,
    model,
    resolution,
    clip_seconds: [...offer.clipSecondsWithReferences[resolution] ?? []],
    single_take: extension && {
      resolution: extension.resolution,
      extension_seconds: extension.seconds,
      seconds_maximum: Math.min(extension.videoSecondsMaximum, durationSecondsMaximum),
    },
    usd_per_second: usdPerSecond,
    prices_as_of: pricesAsOf,
  };
}
