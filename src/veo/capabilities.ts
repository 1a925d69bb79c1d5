/**
 * What each video model can do and what it costs: the one table that validation, plan, estimate, form and documentation
 * read. Sources: Google's documentation and price pages of Veo 3.1 and Gemini Omni Flash as of the dates given.
 */

import type { Provider } from "../video-provider.ts";
import type { Quality } from "../video-wish.ts";

export const modelAspectRatios = ["16:9", "9:16"] as const;
export type ModelAspectRatio = typeof modelAspectRatios[number];

export const resolutions = ["720p", "1080p"] as const;
export type Resolution = typeof resolutions[number];

/** How prompts for a model are worded (`prompt/model-notes.ts`). */
export const promptStyles = ["veo", "omni"] as const;
export type PromptStyle = typeof promptStyles[number];

/** How a model continues a clip that it made. */
export interface ExtensionOffer {
  /** What one extension can add, seconds, ascending. */
  readonly seconds: readonly number[];
  /** The longest video that comes out of extensions, seconds. */
  readonly videoSecondsMaximum: number;
  /** Clip and extensions are all made at this resolution. */
  readonly resolution: Resolution;
}

/** What Google has said about a model's end. */
export interface Retirement {
  /** ISO 8601 day. */
  readonly date: string;
  /** `on`: it ends, or ended, that day. `not_before`: that day or later, without a firm date. */
  readonly kind: "on" | "not_before";
}

/** One model of one provider. */
export interface ModelOffer {
  readonly provider: Provider;
  readonly model: string;
  readonly promptStyle: PromptStyle;
  /** How many reference pictures it takes; 0 for a model that this service cannot use. */
  readonly referenceImagesMaximum: number;
  /** Whether it follows the motion of a reference video itself; else only what the analysis says of it. */
  readonly takesReferenceVideo: boolean;
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
  readonly retirement: Retirement | null;
  /** What replaces it when it is retired. */
  readonly successor: ModelName | null;
}

/** Which row of the table. */
export interface ModelName {
  readonly provider: Provider;
  readonly model: string;
}

type SharedOffer = Omit<ModelOffer, "model" | "usdPerSecond">;

/**
 * What the Veo 3.1 models share. With reference pictures a clip is always 8 s, and 1080p exists only at 8 s, so
 * references never stand in the way of it. An extension adds 7 s at 720p.
 */
const veo31 = {
  promptStyle: "veo",
  referenceImagesMaximum: 3,
  takesReferenceVideo: false,
  clipSecondsWithReferences: { "720p": [8], "1080p": [8] },
  aspectRatios: ["16:9", "9:16"],
  resolutionByQuality: { high: "1080p", standard: "720p" },
  promptTokensMaximum: 1_024,
} as const satisfies Partial<ModelOffer>;

/** Lite takes neither references nor extensions; it is named, so that whoever sets it is told why it cannot be used. */
const unusableLite = { referenceImagesMaximum: 0, clipSecondsWithReferences: {}, extension: null } as const;

const omniWithKey: ModelName = { provider: "omni", model: "gemini-omni-1.1-flash" };

/** The Gemini API: extended at most 20 times. Shut down on 2026-10-22; gateways that speak its dialect may still have it. */
const veo31OnGemini: SharedOffer = {
  ...veo31,
  provider: "gemini",
  extension: { seconds: [7], videoSecondsMaximum: 148, resolution: "720p" },
  pricesAsOf: "2026-09-19",
  retirement: { date: "2026-10-22", kind: "on" },
  successor: omniWithKey,
};

/** Vertex AI: a video of 1 to 30 s is extended, so at most 37 s come out. Prices with sound. */
const veo31OnVertex: SharedOffer = {
  ...veo31,
  provider: "vertex",
  extension: { seconds: [7], videoSecondsMaximum: 37, resolution: "720p" },
  pricesAsOf: "2026-10-26",
  retirement: { date: "2026-11-17", kind: "not_before" },
  successor: omniWithKey,
};

/** Every whole second from the first to the last. */
function wholeSeconds(first: number, last: number): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/**
 * Gemini Omni Flash on the Interactions API. Of the numbers of pictures that are named, 3 is safe everywhere. Its prompt's
 * limit is not documented: it is held to Veo's.
 */
const omniFlash = {
  promptStyle: "omni",
  provider: "omni",
  referenceImagesMaximum: 3,
  takesReferenceVideo: true,
  aspectRatios: ["16:9", "9:16"],
  resolutionByQuality: { high: "1080p", standard: "720p" },
  promptTokensMaximum: 1_024,
  retirement: null,
} as const satisfies Partial<ModelOffer>;

export const modelOffers: readonly ModelOffer[] = [
  { ...veo31OnGemini, model: "veo-3.1-generate-preview", usdPerSecond: { "720p": 0.40, "1080p": 0.40 } },
  { ...veo31OnGemini, model: "veo-3.1-fast-generate-preview", usdPerSecond: { "720p": 0.10, "1080p": 0.12 } },
  {
    ...veo31OnGemini,
    ...unusableLite,
    model: "veo-3.1-lite-generate-preview",
    usdPerSecond: { "720p": 0.05, "1080p": 0.08 },
  },
  { ...veo31OnVertex, model: "veo-3.1-generate-001", usdPerSecond: { "720p": 0.40, "1080p": 0.40 } },
  { ...veo31OnVertex, model: "veo-3.1-fast-generate-001", usdPerSecond: { "720p": 0.10, "1080p": 0.12 } },
  {
    ...veo31OnVertex,
    ...unusableLite,
    model: "veo-3.1-lite-generate-001",
    usdPerSecond: { "720p": 0.05, "1080p": 0.08 },
  },
  {
    ...omniFlash,
    model: "gemini-omni-1.1-flash",
    clipSecondsWithReferences: { "720p": wholeSeconds(3, 10), "1080p": wholeSeconds(3, 10) },
    extension: { seconds: wholeSeconds(3, 10), videoSecondsMaximum: 40, resolution: "720p" },
    usdPerSecond: { "720p": 0.10, "1080p": 0.15 },
    pricesAsOf: "2026-08-28",
    successor: { provider: "omni", model: "gemini-omni-1.2-flash" },
  },
  // Google's own page of 1.2 was not read: resellers named lower prices then, and 15 s. 1.1's prices stand in, so that an
  // estimate is rather too high; of the total lengths that are named, 30 s is the safe one.
  {
    ...omniFlash,
    model: "gemini-omni-1.2-flash",
    clipSecondsWithReferences: { "720p": wholeSeconds(3, 15), "1080p": wholeSeconds(3, 15) },
    extension: { seconds: wholeSeconds(3, 10), videoSecondsMaximum: 30, resolution: "720p" },
    usdPerSecond: { "720p": 0.10, "1080p": 0.15 },
    pricesAsOf: "2026-11-11",
    successor: null,
  },
];

/** The row of a model, or undefined when the table does not know it. */
export function findOffer(provider: Provider, model: string): ModelOffer | undefined {
  return modelOffers.find((offer) => offer.provider === provider && offer.model === model);
}
