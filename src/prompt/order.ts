/** What the prompts of a video are written from. */
import type { MergedAnalysis } from "../analysis/schema.ts";
import type { UseCase } from "../use-case.ts";
import type { PromptStyle } from "../veo/capabilities.ts";
import type { AspectRatio } from "../video-wish.ts";

/** A clip that is made by one prompt. */
export interface PromptSegment {
  /** Made from the reference pictures, or as the continuation of the clip before it. */
  readonly kind: "generate" | "extend";
  /** Length of the clip that is made, seconds. */
  readonly seconds: number;
  /** How much of it the finished video shows, seconds, from its start; less than `seconds` where its end is cut off. */
  readonly shownSeconds: number;
}

export interface PromptOrder {
  readonly merged: MergedAnalysis;
  readonly useCase: UseCase;
  /** The user's own words, in any language; may be empty. */
  readonly additionalPrompt: string;
  /** What the finished video shows; a square is the middle of a frame that the model makes at 9:16. */
  readonly framing: AspectRatio;
  /** How prompts for the model are worded. */
  readonly style: PromptStyle;
  /** In the order of the finished video, at least one. */
  readonly segments: readonly PromptSegment[];
  /** The model's limit for each prompt, its own tokens. */
  readonly tokensMaximum: number;
  /** Reference pictures that go with the prompt of a segment that is not an extension, 1 to 3. */
  readonly imageCount: number;
}

/** Whether the video is one clip and its extensions, not clips that are cut together. */
export function isSingleTake({ segments }: PromptOrder): boolean {
  return segments.some(({ kind }) => kind === "extend");
}

/** Whether the clip is continued by an extension, so that it must not come to an end. */
export function goesOn({ segments }: PromptOrder, index: number): boolean {
  return segments[index + 1]?.kind === "extend";
}
