/** From the capability table and the settings to what a client is offered. Pure. */
import { watchedFramesPerSecond, watchedSecondsMaximum } from "../analysis/video-limits.ts";
import {
  imageBytesMaximum,
  imagePixelsMaximum,
  imageSideMaximum,
  imagesMaximum,
  videoBytesMaximum,
} from "../references/limits.ts";
import { imageContentTypes, videoContentTypes } from "../references/schema.ts";
import { useCases } from "../use-case.ts";
import { type ModelOffer, modelOffers } from "../veo/capabilities.ts";
import { chooseModel, type ModelChoice, modelsInReach } from "../veo/choose-model.ts";
import { longestTakeSeconds, planVideo } from "../veo/plan.ts";
import { aspectRatios, qualities, type Quality, structures } from "../video-wish.ts";
import type { OrderKnowledge } from "./intake.ts";
import { analystOf, missingSettings } from "./missing-settings.ts";
import type { Capabilities } from "./offer-view.ts";
import { presentModel } from "./present-model.ts";
import { additionalPromptMaximum, durationSecondsMaximum, durationSecondsMinimum } from "./request.ts";

/** @throws ServiceError `not_configured` when a setting names a model that cannot be used */
export function presentCapabilities(knowledge: OrderKnowledge): Capabilities {
  const { settings } = knowledge;
  const choices = { high: chooseModel("high", knowledge), standard: chooseModel("standard", knowledge) };
  const offers = { high: choices.high.offer, standard: choices.standard.offer };
  return {
    sandbox: settings.sandbox,
    api_key_required: settings.apiKeys !== null,
    missing: missingSettings(settings),
    analyst: analystOf(settings),
    takes_video: settings.gemini.apiKey !== undefined,
    takes_callback: settings.webhookSecrets.length > 0,
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
      video: {
        bytes_maximum: videoBytesMaximum,
        content_types: [...videoContentTypes],
        watched: { seconds_maximum: watchedSecondsMaximum, frames_per_second: watchedFramesPerSecond },
      },
    },
    use_cases: [...useCases],
    aspect_ratios: aspectRatios.filter((ratio) => isPlannedWith({ aspect_ratio: ratio }, offers)),
    structures: structures.filter((structure) => isPlannedWith({ structure }, offers)),
    qualities: { high: presentQuality("high", choices.high), standard: presentQuality("standard", choices.standard) },
    models: modelsInReach(modelOffers, settings).map((offer) => presentModel(offer, knowledge)),
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

function presentQuality(quality: Quality, choice: ModelChoice): Capabilities["qualities"][Quality] {
  const { offer, state, replaces } = choice;
  const resolution = offer.resolutionByQuality[quality];
  const { provider, model, extension, usdPerSecond, pricesAsOf } = offer;
  return {
    ...{ provider, model, state },
    replaces: replaces?.model ?? null,
    retirement: offer.retirement,
    follows_video: offer.takesReferenceVideo,
    resolution,
    clip_seconds: [...offer.clipSecondsWithReferences[resolution] ?? []],
    single_take: extension && {
      resolution: extension.resolution,
      extension_seconds: [...extension.seconds],
      seconds_maximum: Math.min(longestTakeSeconds(offer), durationSecondsMaximum),
    },
    usd_per_second: usdPerSecond,
    prices_as_of: pricesAsOf,
  };
}
