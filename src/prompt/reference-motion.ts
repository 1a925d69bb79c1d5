/** The motion of the reference video, spread over the shots. Pure. */
import type { MergedAnalysis } from "../analysis/schema.ts";
import type { PromptOrder } from "./order.ts";

export type Beat = NonNullable<MergedAnalysis["motion"]>["beats"][number];

/**
 * Stretches or presses the reference video to the length of the finished one: a beat belongs to the shot during which
 * it begins, so that no two shots are told the same move.
 *
 * @returns the beats of each segment, in order; all empty without a reference video
 */
export function beatsByShot({ merged, segments }: PromptOrder): Beat[][] {
  const beats = merged.motion?.beats ?? [];
  const ends = segments.map((_, index) => shownSeconds(segments.slice(0, index + 1)));
  const referenceSeconds = Math.max(0, ...beats.map(({ end_seconds }) => end_seconds)) || shownSeconds(segments);
  const scale = shownSeconds(segments) / referenceSeconds;
  const shotOf = ({ start_seconds }: Beat) => {
    const shot = ends.findIndex((end) => Math.max(0, start_seconds) * scale < end);
    return shot < 0 ? segments.length - 1 : shot;
  };
  return segments.map((_, index) => beats.filter((beat) => shotOf(beat) === index));
}

/** Length of what these segments show together, seconds. */
export function shownSeconds(segments: PromptOrder["segments"]): number {
  return segments.reduce((sum, segment) => sum + segment.shownSeconds, 0);
}
