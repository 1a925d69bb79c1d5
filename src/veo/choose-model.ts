/** Which row of the capability table serves a request: what the settings ask for, as far as it still answers. Pure. */
import type { Settings } from "../env.ts";
import { ServiceError } from "../errors.ts";
import type { Provider } from "../video-provider.ts";
import type { Quality } from "../video-wish.ts";
import { findOffer, type ModelOffer } from "./capabilities.ts";
import { type ModelState, type Sighting, stateOfModel } from "./model-state.ts";
import { isConfigured, providerRows, type ProviderSettings } from "./providers.ts";

type ModelSettings =
  & Pick<Settings, "videoModel" | "videoProvider" | "modelFallback">
  & ProviderSettings;

/** What is known when a model is chosen. */
export interface Knowledge {
  readonly settings: ModelSettings;
  readonly sightings: readonly Sighting[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

export interface ModelChoice {
  readonly offer: ModelOffer;
  /** `retired` only where nothing may or can stand in for it. */
  readonly state: ModelState;
  /** The retired model that this one stands in for. */
  readonly replaces: ModelOffer | null;
  /** What would stand in for this one, should it turn out to be retired; the next first. */
  readonly successors: readonly ModelOffer[];
}

/**
 * @returns the model that is set for the quality; or, when that is retired and the settings allow it, the next of its
 *   successors that this deployment has a key for
 * @throws ServiceError `not_configured` when the settings name a model that the table does not have for the providers in
 *   question, or one that takes no reference pictures
 */
export function chooseModel(quality: Quality, knowledge: Knowledge): ModelChoice {
  const wanted = wantedOffer(quality, knowledge.settings);
  const state = stateOf(wanted, knowledge);
  const successors = successorsOf(wanted, knowledge);
  const [next, ...others] = successors;
  if (state !== "retired" || !next) return { offer: wanted, state, replaces: null, successors };
  return { offer: next, state: stateOf(next, knowledge), replaces: wanted, successors: others };
}

/** Every model that this deployment may come to use: the usable ones of the providers it has keys for. */
export function modelsInReach(offers: readonly ModelOffer[], settings: ModelSettings): ModelOffer[] {
  return offers.filter(({ provider, referenceImagesMaximum }) =>
    referenceImagesMaximum > 0 && isConfigured(provider, settings)
  );
}

/**
 * The row that the settings ask for, of a provider that is configured if there is one.
 *
 * @returns undefined when no provider in question has the model that is named
 */
export function findWanted(quality: Quality, settings: ModelSettings): ModelOffer | undefined {
  const named = settings.videoModel[quality];
  const possible = providersOf(settings).flatMap((provider) =>
    findOffer(provider, named ?? providerRows[provider].usualModels[quality]) ?? []
  );
  return possible.find(({ provider }) => isConfigured(provider, settings)) ?? possible[0];
}

function wantedOffer(quality: Quality, settings: ModelSettings): ModelOffer {
  const variable = quality === "high" ? "VEO_MODEL_HIGH" : "VEO_MODEL_STANDARD";
  const offer = findWanted(quality, settings);
  if (!offer) {
    throw notConfigured(`${variable} names a model that this version does not know with this VIDEO_PROVIDER.`);
  }
  if (offer.referenceImagesMaximum === 0) throw notConfigured(`${variable} names a model that takes no pictures.`);
  return offer;
}

/** `auto`: Vertex AI when there is an account for it, because Veo 3.1 lives there; else what a Gemini key opens. */
function providersOf({ videoProvider, vertex }: ModelSettings): readonly Provider[] {
  if (videoProvider !== "auto") return [videoProvider];
  return vertex.account ? ["vertex", "gemini", "omni"] : ["gemini", "omni", "vertex"];
}

function successorsOf(offer: ModelOffer, knowledge: Knowledge): ModelOffer[] {
  const { settings } = knowledge;
  if (settings.modelFallback === "refuse" || !offer.successor) return [];
  const next = findOffer(offer.successor.provider, offer.successor.model);
  if (!next) return [];
  const isUsable = isConfigured(next.provider, settings) && stateOf(next, knowledge) !== "retired";
  return [...(isUsable ? [next] : []), ...successorsOf(next, knowledge)];
}

function stateOf(offer: ModelOffer, { settings, sightings, now }: Knowledge): ModelState {
  return stateOfModel(offer, providerRows[offer.provider].baseUrl(settings), sightings, now);
}

function notConfigured(detail: string): ServiceError {
  return new ServiceError("not_configured", detail);
}
