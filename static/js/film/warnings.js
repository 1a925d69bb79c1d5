/** What the service did otherwise than asked, or advises: said plainly. */
import { element, fill } from "../dom.js";
import { seconds } from "../numbers.js";
import { deliveredSeconds } from "../offer.js";
import { language, words } from "../words.js";

/** @typedef {import("../types.js").TaskView} TaskView */

/**
 * @param {HTMLElement} container
 * @param {TaskView} task
 */
export function showWarnings(container, task) {
  const said = [...new Set(task.warnings.map((warning) => speakWarning(warning, task)))];
  fill(container, `${language()} ${said.join()}`, () => {
    if (said.length === 0) return [];
    const list = element("ul", { class: "warnings" }, ...said.map((text) => element("li", {}, text)));
    list.setAttribute("aria-label", words().warningsTitle);
    return [list];
  });
}

/**
 * @param {TaskView["warnings"][number]} warning
 * @param {TaskView} task
 */
function speakWarning({ code, message }, task) {
  // The service's own sentence is English and the more exact one: it names the picture.
  if (language() === "en") return message;
  const asked = task.request.duration_seconds;
  switch (code) {
    case "duration_rounded_up":
      return words().warningLonger(seconds(asked), seconds(lengthOf(task) ?? deliveredSeconds(asked)));
    case "reference_rotated":
      return words().warningTurned;
    default:
      return message;
  }
}

/** @param {TaskView} task */
function lengthOf({ step3_video_generation: generation }) {
  return generation?.segments.reduce((sum, { seconds: length }) => sum + length, 0) ?? null;
}
