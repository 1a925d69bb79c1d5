/** The length: its number, and a tick on the slider wherever a clip ends and nothing is cut away. */
import { element, fill, find } from "./dom.js";
import { seconds } from "./numbers.js";
import { clipEnds } from "./offer.js";

/** An end of the slider is named only where its number does not touch that of a tick. */
const roomSeconds = { minimum: 3, maximum: 4 };

/** @param {import("./types.js").TaskRequest} choices */
export function showLength(choices) {
  const length = seconds(choices.duration_seconds);
  find("duration-value", HTMLOutputElement).textContent = length;
  const slider = find("duration_seconds", HTMLInputElement);
  slider.setAttribute("aria-valuetext", length);
  showTicks(clipEnds(choices), Number(slider.min), Number(slider.max));
}

/**
 * @param {readonly number[]} ends seconds, ascending
 * @param {number} minimum seconds
 * @param {number} maximum seconds
 */
function showTicks(ends, minimum, maximum) {
  const first = ends[0];
  const last = ends.at(-1);
  const hasRoomBefore = first === undefined || first - minimum >= roomSeconds.minimum;
  const hasRoomAfter = last === undefined || maximum - last >= roomSeconds.maximum;
  fill(find("duration-ticks", HTMLElement), [minimum, ...ends, maximum].join(), () => [
    hasRoomBefore ? tick(minimum, minimum, maximum, null) : null,
    ...ends.map((end) => tick(end, minimum, maximum, "clip-end")),
    hasRoomAfter ? tick(maximum, minimum, maximum, null) : null,
  ]);
}

/**
 * @param {number} at seconds
 * @param {number} minimum seconds
 * @param {number} maximum seconds
 * @param {string | null} kind
 */
function tick(at, minimum, maximum, kind) {
  const made = element("span", { class: kind }, String(at));
  // Through the object model, because the page's policy takes no style attribute.
  made.style.insetInlineStart = `${(100 * (at - minimum)) / (maximum - minimum)}%`;
  return made;
}
