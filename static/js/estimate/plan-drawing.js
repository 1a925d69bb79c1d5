/** A plan as a piece of film: a block a clip, as wide as it is long, and hatched where it is cut away. */
import { element } from "../dom.js";
import { count } from "../numbers.js";

/** @typedef {import("../types.js").Estimate["plan"]} Plan */

/**
 * The drawing says nothing that the words beside it do not, so it is not read out.
 *
 * @param {Pick<Plan, "segments">} plan
 */
export function planDrawing({ segments }) {
  return segments.map((segment) => {
    const kept = element("span", { class: "kept" }, label(segment));
    const cut = element("span", { class: "cut" });
    // Through the object model, because the page's policy takes no style attribute.
    kept.style.flexGrow = String(segment.shown_seconds);
    cut.style.flexGrow = String(segment.seconds - segment.shown_seconds);
    const block = element("span", { class: "block", "data-kind": segment.kind }, kept);
    if (segment.shown_seconds < segment.seconds) block.append(cut);
    block.style.flexGrow = String(segment.seconds);
    return block;
  });
}

/**
 * How much of it remains, seconds; a sliver has no room for a number.
 *
 * @param {Plan["segments"][number]} segment
 */
function label({ shown_seconds }) {
  return shown_seconds >= 2 ? count(Math.round(shown_seconds * 10) / 10) : "";
}
