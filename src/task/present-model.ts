/** What is known of a model, for clients and operators. Pure. */
import type { ModelOffer } from "../veo/capabilities.ts";
import type { Knowledge } from "../veo/choose-model.ts";
import { findSighting, stateOfModel } from "../veo/model-state.ts";
import { providerRows } from "../veo/providers.ts";
import type { ModelView } from "./offer-view.ts";

export function presentModel(offer: ModelOffer, { settings, sightings, now }: Knowledge): ModelView {
  const baseUrl = providerRows[offer.provider].baseUrl(settings);
  const seen = findSighting(offer, baseUrl, sightings);
  return {
    provider: offer.provider,
    model: offer.model,
    state: stateOfModel(offer, baseUrl, sightings, now),
    seen_at: seen ? new Date(seen.seen_at).toISOString() : null,
    retirement: offer.retirement,
  };
}
