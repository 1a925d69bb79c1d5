/** What was seen on one picture. */
import { drawing, element } from "../dom.js";
import { words } from "../words.js";

/** @typedef {import("../types.js").ImageAnalysis} ImageAnalysis */

/**
 * @param {ImageAnalysis} analysis
 * @param {string} address of the picture
 * @param {string} number which picture, as people count
 */
export function pictureCard(analysis, address, number) {
  const say = words();
  return element(
    "article",
    { class: "seen" },
    element("img", { src: address, alt: say.pictureNumber(number), loading: "lazy" }),
    element(
      "div",
      {},
      element(
        "small",
        {},
        say.pictureNumber(number),
        ...analysis.product_kind ? [" · ", english(analysis.product_kind)] : [],
      ),
      element("h4", { lang: "en" }, analysis.subject),
    ),
    element(
      "div",
      { class: "seen-wide" },
      list([
        [say.materials, english(analysis.materials.join(", "))],
        [say.colours, swatches(analysis.colours)],
        [say.camera, english(analysis.camera)],
        [say.legibleText, analysis.legible_text.map(say.quoted).join(", ")],
      ]),
      element(
        "details",
        {},
        element("summary", {}, say.more),
        list([
          [say.light, english(analysis.light)],
          [say.background, english(analysis.background)],
          [say.composition, english(analysis.composition)],
          [say.mood, english(analysis.mood)],
          [say.mustNotChange, english(analysis.must_not_change.join("; "))],
        ]),
      ),
    ),
  );
}

/**
 * Terms and what they are; one with nothing to say is left out.
 *
 * @param {readonly (readonly [term: string, value: string | Node])[]} entries
 */
export function list(entries) {
  const said = entries.filter(([, value]) => value !== "");
  return element(
    "dl",
    {},
    ...said.map(([term, value]) => element("div", {}, element("dt", {}, term), element("dd", {}, value))),
  );
}

/**
 * What a model says is English whatever the page speaks; marked as such, it is read out right.
 *
 * @param {string} text
 * @returns {string | HTMLElement} nothing when there is nothing to say
 */
export function english(text) {
  return text === "" ? "" : element("span", { lang: "en" }, text);
}

/** @param {ImageAnalysis["colours"]} colours */
function swatches(colours) {
  if (colours.length === 0) return "";
  return element("span", { class: "swatches" }, ...colours.map(swatch));
}

/** @param {ImageAnalysis["colours"][number]} colour */
function swatch({ name, hex }) {
  // The model writes the colour, so only what is one gets into an attribute.
  const fill = /^#[0-9a-f]{6}$/i.test(hex) ? hex : "none";
  const chip = drawing(
    "svg",
    { viewBox: "0 0 16 16", "aria-hidden": "true" },
    drawing("rect", { x: "0.5", y: "0.5", width: "15", height: "15", rx: "2", fill }),
  );
  return element("span", { class: "swatch", title: hex, lang: "en" }, chip, name);
}
