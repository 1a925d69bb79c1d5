/** Which row of the capability table serves a request. */
import type { Settings } from "../env.ts";
import { ServiceError } from "../errors.ts";
import type { Quality } from "../video-wish.ts";
import { findOffer, type ModelOffer } from "./capabilities.ts";

/**
 * @returns the row of the model that is set for the quality
 * @throws ServiceError `not_configured` when the settings name a model that the table does not have, or one that takes no
 *   reference pictures
 */
export function chooseOffer(
  quality: Quality,
  settings: Pick<Settings, "videoModel" | "videoProvider">,
): ModelOffer {
  const provider = settings.videoProvider === "auto" ? "gemini" : settings.videoProvider;
  const offer = findOffer(provider, settings.videoModel[quality]);
  const variable = quality === "high" ? "VEO_MODEL_HIGH" : "VEO_MODEL_STANDARD";
  if (!offer) throw notConfigured(`${variable} names a model that this version does not know.`);
  if (offer.referenceImagesMaximum === 0) throw notConfigured(`${variable} names a model that takes no pictures.`);
  return offer;
}

function notConfigured(detail: string): ServiceError {
  return new ServiceError("not_configured", detail);
}
