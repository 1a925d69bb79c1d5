/** A plan in words: which clips are made, and what of them is cut away. */
import { seconds } from "../numbers.js";
import { words } from "../words.js";

/** @typedef {import("../types.js").Estimate["plan"]} Plan */

/** @param {Pick<Plan, "segments" | "wasted_seconds">} plan */
export function planWords({ segments, wasted_seconds }) {
  const say = words();
  const parts = groups(segments).map(({ kind, count, length }) =>
    (kind === "extend" ? say.extensions : say.clips)(count, seconds(length))
  );
  const made = parts.join(say.and);
  return wasted_seconds > 0 ? say.withCut(made, seconds(wasted_seconds), wasted_seconds === 1) : made;
}

/**
 * What is paid for, seconds.
 *
 * @param {Pick<Plan, "segments">} plan
 */
export function madeSeconds({ segments }) {
  return segments.reduce((sum, segment) => sum + segment.seconds, 0);
}

/**
 * Segments that are alike, told together.
 *
 * @param {Plan["segments"]} segments
 */
function groups(segments) {
  /** @type {{ kind: "generate" | "extend", length: number, count: number }[]} */
  const found = [];
  for (const { kind, seconds: length } of segments) {
    const alike = found.find((group) => group.kind === kind && group.length === length);
    if (alike) alike.count++;
    else found.push({ kind, length, count: 1 });
  }
  return found;
}
