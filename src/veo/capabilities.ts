/**
 * What each video model can do and what it costs: the one table that validation, plan, estimate, form and documentation
 * read. Sources: Google's Veo 3.1 documentation and price page as of the dates given.
 */

export type AspectRatio = "16:9" | "9:16";
export type Resolution = "720p" | "1080p";

/** One model of one provider. */
export interface ModelOffer {
  readonly provider: "gemini";
  readonly model: string;
  /** Lengths of one clip that is made with reference pictures, seconds. */
  readonly clipSecondsWithReferences: readonly number[];
  readonly aspectRatios: readonly AspectRatio[];
  /** What `quality` means with this model. */
  readonly resolutionByQuality: Readonly<Record<"high" | "standard", Resolution>>;
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
 * 8 s, so references never stand in the way of it.
 */
const veo31OnGemini = {
  provider: "gemini",
  clipSecondsWithReferences: [8],
  aspectRatios: ["16:9", "9:16"],
  resolutionByQuality: { high: "1080p", standard: "720p" },
  promptTokensMaximum: 1_024,
  pricesAsOf,
} as const;

/** Models that take reference pictures. `veo-3.1-lite-generate-preview` takes none, so it has no row. */
export const modelOffers: readonly ModelOffer[] = [
  { ...veo31OnGemini, model: "veo-3.1-generate-preview", usdPerSecond: { "720p": 0.40, "1080p": 0.40 } },
  { ...veo31OnGemini, model: "veo-3.1-fast-generate-preview", usdPerSecond: { "720p": 0.10, "1080p": 0.12 } },
];

/** The row of a model, or undefined when the table does not know it. */
export function findOffer(provider: ModelOffer["provider"], model: string): ModelOffer | undefined {
  return modelOffers.find((offer) => offer.provider === provider && offer.model === model);
}
