/** Which clips make the video that was asked for, and what they cost: decided before anything is stored or paid. */
import { z } from "zod";
import type { FieldProblem } from "../errors.ts";
import { providers } from "../video-provider.ts";
import { type AspectRatio, type Quality, type Structure, structures } from "../video-wish.ts";
import {
  type ExtensionOffer,
  modelAspectRatios,
  type ModelOffer,
  promptStyles,
  type Resolution,
  resolutions,
} from "./capabilities.ts";
import { clipsForShots, clipsForSingleTake, evenShares, totalOf } from "./clip-lengths.ts";

export const planSegmentSchema = z.object({
  /** `generate`: from the reference pictures; `extend`: continues the segment before. */
  kind: z.enum(["generate", "extend"]),
  /** What is made and paid for. */
  seconds: z.number().positive(),
  /** How much of it the finished video shows; the rest of its end is cut off. */
  shown_seconds: z.number().positive(),
});

export const planSchema = z.object({
  provider: z.enum(providers),
  model: z.string(),
  prompt_style: z.enum(promptStyles).default("veo"),
  structure: z.enum(structures),
  resolution: z.enum(resolutions),
  /** What the model is asked for. */
  aspect_ratio: z.enum(modelAspectRatios),
  /** Whether only the middle square of it is delivered. */
  square: z.boolean(),
  segments: z.array(planSegmentSchema).min(1),
  /** The length of the finished video. */
  duration_seconds: z.number().positive(),
  /** What is paid for and cut away. */
  wasted_seconds: z.number().nonnegative(),
  /** What the model takes of a prompt, its own tokens. */
  prompt_tokens_maximum: z.number().int().positive(),
  usd_per_second: z.number().nonnegative(),
  estimate_usd: z.number().nonnegative(),
  prices_as_of: z.string(),
});

export type Plan = z.infer<typeof planSchema>;
export type PlanSegment = z.infer<typeof planSegmentSchema>;

/** What of a request the plan depends on. */
export interface PlanInput {
  readonly duration_seconds: number;
  readonly aspect_ratio: AspectRatio;
  readonly quality: Quality;
  readonly structure: Structure;
}

export type Planned =
  | { readonly ok: true; readonly plan: Plan }
  | { readonly ok: false; readonly problems: readonly FieldProblem[] };

/** How the clips come about: from the references alone, or one from the other. */
interface Clips {
  readonly resolution: Resolution;
  readonly segments: readonly PlanSegment[];
}

/**
 * Plans a video by one row of the capability table.
 *
 * @returns the plan, or every field that asks for what the model cannot do, with what would work instead
 */
export function planVideo(input: PlanInput, offer: ModelOffer): Planned {
  const frame = chooseFrame(input, offer);
  const clips = chooseClips(input, offer);
  if (!frame || typeof clips === "string") {
    const problems = [
      ...(frame ? [] : [refused("aspect_ratio", noSuchRatio(input, offer))]),
      ...(typeof clips === "string" ? [refused("duration_seconds", clips)] : []),
    ];
    return { ok: false, problems };
  }
  const made = totalOf(clips.segments.map(({ seconds }) => seconds));
  const usdPerSecond = offer.usdPerSecond[clips.resolution];
  return {
    ok: true,
    plan: {
      provider: offer.provider,
      model: offer.model,
      prompt_style: offer.promptStyle,
      structure: input.structure,
      resolution: clips.resolution,
      ...frame,
      segments: [...clips.segments],
      duration_seconds: input.duration_seconds,
      wasted_seconds: made - input.duration_seconds,
      prompt_tokens_maximum: offer.promptTokensMaximum,
      usd_per_second: usdPerSecond,
      estimate_usd: priceOf(made, usdPerSecond),
      prices_as_of: offer.pricesAsOf,
    },
  };
}

/** @returns US dollars, to the cent */
export function priceOf(seconds: number, usdPerSecond: number): number {
  return Math.round(seconds * usdPerSecond * 100) / 100;
}

/** No model makes squares: a square is the middle of a standing picture, so that the cut is of rows, exactly centred. */
function chooseFrame(
  { aspect_ratio }: PlanInput,
  { aspectRatios }: ModelOffer,
): Pick<Plan, "aspect_ratio" | "square"> | null {
  const square = aspect_ratio === "1:1";
  const asked = aspectRatios.find((ratio) => ratio === (square ? "9:16" : aspect_ratio));
  return asked ? { aspect_ratio: asked, square } : null;
}

/** @returns the clips, or why there are none and what would work instead */
function chooseClips(input: PlanInput, offer: ModelOffer): Clips | string {
  const { duration_seconds: wished, quality, structure } = input;
  const resolution = offer.resolutionByQuality[quality];
  const possible = offer.clipSecondsWithReferences[resolution] ?? [];
  const longest = possible.at(-1);
  if (!longest) return `${offer.model} makes no clips from pictures at ${resolution}. Ask for another quality.`;
  const isOneTake = structure === "single_take" && wished > longest;
  return isOneTake ? takeOf(wished, offer) : { resolution, segments: shotsOf(wished, possible) };
}

function shotsOf(wished: number, possible: readonly number[]): PlanSegment[] {
  const clips = clipsForShots(wished, possible);
  const shares = evenShares(wished, clips);
  return clips.map((seconds, index) => ({ kind: "generate", seconds, shown_seconds: shares[index] ?? seconds }));
}

/** A longer take is the same file continued, so only its very end is cut. */
function takeOf(wished: number, offer: ModelOffer): Clips | string {
  const { model, extension } = offer;
  if (!extension || longestTakeSeconds(offer) === 0) return `${model} cannot continue a clip. Ask for structure shots.`;
  const clips = takeClips(wished, offer, extension);
  if (totalOf(clips) > extension.videoSecondsMaximum) {
    return `One take has at most ${longestTakeSeconds(offer)} s with ${model}. Ask for structure shots.`;
  }
  const surplus = totalOf(clips) - wished;
  const segments = clips.map((seconds, index): PlanSegment => ({
    kind: index === 0 ? "generate" : "extend",
    seconds,
    shown_seconds: index === clips.length - 1 ? seconds - surplus : seconds,
  }));
  return { resolution: extension.resolution, segments };
}

/** The longest video that a model makes as one clip with its extensions, whole seconds; 0 when it continues none. */
export function longestTakeSeconds(offer: ModelOffer): number {
  const { extension, clipSecondsWithReferences } = offer;
  if (!extension || !clipSecondsWithReferences[extension.resolution]?.length) return 0;
  for (let seconds = extension.videoSecondsMaximum; seconds > 0; seconds--) {
    if (totalOf(takeClips(seconds, offer, extension)) <= extension.videoSecondsMaximum) return seconds;
  }
  return 0;
}

function takeClips(wished: number, offer: ModelOffer, { resolution, seconds }: ExtensionOffer): number[] {
  return clipsForSingleTake(wished, offer.clipSecondsWithReferences[resolution] ?? [], seconds);
}

function noSuchRatio({ aspect_ratio }: PlanInput, { model, aspectRatios }: ModelOffer): string {
  return `${model} cannot make ${aspect_ratio}. Ask for ${aspectRatios.join(" or ")}.`;
}

function refused(field: string, message: string): FieldProblem {
  return { field, code: "invalid_input", message };
}
