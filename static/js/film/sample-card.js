/** What was seen in the reference video, with its timed beats. */
import { element } from "../dom.js";
import { seconds } from "../numbers.js";
import { words } from "../words.js";
import { english, list } from "./picture-card.js";

/** @typedef {import("../types.js").VideoAnalysis} VideoAnalysis */

/**
 * @param {VideoAnalysis} analysis
 * @param {string} address of the video
 */
export function sampleCard(analysis, address) {
  const say = words();
  const still = element("video", {
    class: "seen-strip",
    src: `${address}#t=0.1`,
    preload: "metadata",
    playsinline: true,
  });
  still.muted = true;
  still.setAttribute("aria-label", say.sampleVideo);
  return element(
    "article",
    { class: "seen" },
    still,
    element("div", {}, element("small", {}, say.sampleVideo), element("h4", { lang: "en" }, analysis.summary)),
    element(
      "div",
      { class: "seen-wide" },
      list([
        [say.camera, english(analysis.camera_moves.join(", "))],
        [say.pace, say.paces[analysis.pace]],
        [say.transitions, english(analysis.transitions.join(", "))],
        [say.light, english(analysis.light)],
      ]),
      beats(analysis.beats),
    ),
  );
}

/** @param {VideoAnalysis["beats"]} listed */
function beats(listed) {
  const rows = listed.map(({ start_seconds, end_seconds, what_happens, camera }) =>
    element(
      "li",
      {},
      element("time", {}, `${seconds(start_seconds).replace(/\D+$/, "")}–${seconds(end_seconds)}`),
      element("span", { lang: "en" }, [what_happens, camera].filter(Boolean).join(" · ")),
    )
  );
  return element("ol", { class: "beats" }, ...rows);
}
