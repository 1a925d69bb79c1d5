/** What a segment is called, and how long it is. */
import { seconds } from "../numbers.js";
import { words } from "../words.js";

/** @typedef {import("../types.js").Segment} Segment */

/**
 * A shot by its number; the first piece of one take is its beginning, and extensions have numbers of their own.
 *
 * @param {readonly Pick<Segment, "kind">[]} segments
 * @param {number} index
 */
export function segmentName(segments, index) {
  const say = words();
  if (segments.length === 1) return say.fields["prompt"] ?? "";
  if (!segments.some(({ kind }) => kind === "extend")) return say.shot(String(index + 1));
  return segments[index]?.kind === "extend" ? say.extension(String(index)) : say.beginning;
}

/** @param {Pick<Segment, "seconds" | "shown_seconds">} segment */
export function segmentLength({ seconds: made, shown_seconds: shown }) {
  return made === shown ? seconds(made) : words().madeAndShown(seconds(made), seconds(shown));
}
