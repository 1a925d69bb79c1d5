/**
 * What each video model can do and what it costs: the one table that validation, plan, estimate, form and documentation
 * read. Sources: Google's Veo 3.1 documentation and price page as of the dates given.
 */

import type { Quality } from "../video-wish.ts";

export const modelAspectRatios = ["16:9", "9:16"] as const;
export type ModelAspectRatio = typeof modelAspectRatios[number];

export const resolutions = ["720p", "1080p"] as const;
export type Resolution = typeof resolutions[number];

/** How a model continues a clip that it made. */
export interface ExtensionOffer {
  /** What one extension adds, seconds. */
  readonly seconds: number;
  /** The longest video that comes out of extensions, seconds. */
  readonly videoSecondsMaximum: number;
  /** Clip and extensions are all made at this resolution. */
  readonly resolution: Resolution;
}

/** One model of one provider. */
export interface ModelOffer {
  readonly provider: "gemini";
  readonly model: string;
  /** How many reference pictures it takes; 0 for a model that this service cannot use. */
  readonly referenceImagesMaximum: number;
  /** Lengths of one clip that is made with reference pictures, at each resolution it has; seconds, ascending. */
  readonly clipSecondsWithReferences: Readonly<Partial<Record<Resolution, readonly number[]>>>;
  readonly aspectRatios: readonly ModelAspectRatio[];
  /** What `quality` means with this model. */
  readonly resolutionByQuality: Readonly<Record<Quality, Resolution>>;
  readonly extension: ExtensionOffer | null;
  /** The prompt's limit in the model's own tokens. */
  readonly promptTokensMaximum: number;
  /** US dollars for a second of video with sound. */
  readonly usdPerSecond: Readonly<Record<Resolution, number>>;
  /** The day the prices were read. */
  readonly pricesAsOf: string;
}

/** Price page and documentation of Veo 3.1 on the Gemini API, as last read. */
const pricesAsOf = "2026-09-19";

/**
 * What the Veo 3.1 models on the Gemini API share. With reference pictures a clip is always 8 s, and 1080p exists only at
 * 8 s, so references never stand in the way of it. An extension adds 7 s at 720p, at most 20 times.
 */
const veo31OnGemini = {
  provider: "gemini",
  referenceImagesMaximum: 3,
  clipSecondsWithReferences: { "720p": [8], "1080p": [8] },
  aspectRatios: ["16:9", "9:16"],
  resolutionByQuality: { high: "1080p", standard: "720p" },
  extension: { seconds: 7, videoSecondsMaximum: 148, resolution: "720p" },
  promptTokensMaximum: 1_024,
  pricesAsOf,
} as const satisfies Partial<ModelOffer>;

export const modelOffers: readonly ModelOffer[] = [
  { ...veo31OnGemini, model: "veo-3.1-generate-preview", usdPerSecond: { "720p": 0.40, "1080p": 0.40 } },
  { ...veo31OnGemini, model: "veo-3.1-fast-generate-preview", usdPerSecond: { "720p": 0.10, "1080p": 0.12 } },
  // Named, so that whoever sets it is told why it cannot be used: it takes neither references nor extensions.
  {
    ...veo31OnGemini,
    model: "veo-3.1-lite-generate-preview",
    referenceImagesMaximum: 0,
    clipSecondsWithReferences: {},
    extension: null,
    usdPerSecond: { "720p": 0.05, "1080p": 0.08 },
  },
];

/** The row of a model, or undefined when the table does not know it. */
export function findOffer(provider: ModelOffer["provider"], model: string): ModelOffer | undefined {
  return modelOffers.find((offer) => offer.provider === provider && offer.model === model);
}
