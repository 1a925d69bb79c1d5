/** Draws the table: each print with its size and weight, the video on its strip, and what will not work beside it. */
import { button, drawing, element, fill, find } from "../dom.js";
import { pixels, size } from "../numbers.js";
import { clearProblem, showProblem, speakFieldProblem } from "../problems.js";
import { describeFlaw, hasTooManyPixels } from "./reference.js";
import { inEveryLanguage, language, words } from "../words.js";

/** @import { Reference } from "./reference.js" */
/** @import { Table } from "./table.js" */

/** @type {WeakMap<Reference, number>} */
const keys = new WeakMap();
let lastKey = 0;

/** @param {Table} table */
export function showTable(table) {
  const show = () => {
    table.prints.forEach((reference, index) => showPrint(table, index, reference));
    showSample(table);
    if (table.overflowed) showProblem("references", words().tooManyPictures);
    else clearProblem("references");
  };
  table.addEventListener("change", show);
  inEveryLanguage(show);
}

/**
 * @param {Table} table
 * @param {number} index
 * @param {Reference | null} reference
 */
function showPrint(table, index, reference) {
  const number = String(index + 1);
  const print = find(`print${number}`, HTMLLIElement);
  const field = `reference_image${number}`;
  mark(print, reference);
  nameInput(field, reference && words().replace(number));
  showFlaw(field, reference, `${words().picture(number)}. `);
  fillPlace(
    print,
    reference,
    (laid) => [opens(laid) ? pictureFace(table, laid, number) : wrongFace(laid), caption(laid)],
    () => removeButton(words().remove(number), () => removeFrom(table, index, field)),
  );
}

/** @param {Table} table */
function showSample(table) {
  const place = find("sample", HTMLElement);
  mark(place, table.sample);
  showFlaw("video_reference", table.sample, "");
  fillPlace(
    place,
    table.sample,
    (laid) => [opens(laid) ? videoFace(laid) : wrongFace(laid), caption(laid)],
    () => removeButton(words().removeSample, () => removeFrom(table, "sample", "video_reference")),
  );
}

/**
 * Keeps the empty face that the HTML brings, and puts the laid one beside it.
 *
 * @param {HTMLElement} place
 * @param {Reference | null} reference
 * @param {(reference: Reference) => Node[]} face
 * @param {() => Node} remove
 */
function fillPlace(place, reference, face, remove) {
  const label = place.querySelector("label");
  const empty = label?.firstElementChild;
  if (!label || !(empty instanceof HTMLElement)) return;
  empty.hidden = reference !== null;
  const laid = sibling(label, "laid-face");
  const tools = sibling(place, "laid-tools");
  const key = reference ? `${keyOf(reference)} ${reference.pixels?.width} ${reference.flaw?.code} ${language()}` : "";
  fill(laid, key, () => reference ? face(reference) : []);
  fill(tools, reference ? language() : "", () => reference ? [remove()] : []);
}

/**
 * @param {Element} parent
 * @param {string} name
 */
function sibling(parent, name) {
  const found = parent.querySelector(`:scope > .${name}`);
  if (found instanceof HTMLElement) return found;
  const made = element("span", { class: name });
  parent.append(made);
  return made;
}

/** @param {Reference} reference */
function keyOf(reference) {
  const key = keys.get(reference) ?? ++lastKey;
  keys.set(reference, key);
  return key;
}

/**
 * @param {HTMLElement} place
 * @param {Reference | null} reference
 */
function mark(place, reference) {
  place.toggleAttribute("data-laid", reference !== null);
  place.toggleAttribute("data-wrong", Boolean(reference?.flaw));
}

/**
 * @param {string} field
 * @param {string | null} name null: the label's own words are the name
 */
function nameInput(field, name) {
  const input = find(field, HTMLInputElement);
  if (name === null) input.removeAttribute("aria-label");
  else input.setAttribute("aria-label", name);
}

/**
 * @param {string} field
 * @param {Reference | null} reference
 * @param {string} opening
 */
function showFlaw(field, reference, opening) {
  const flaw = reference?.flaw;
  if (!reference || !flaw) return clearProblem(field);
  const detail = flaw.code === "refused" ? speakFieldProblem(flaw.problem).detail : null;
  showProblem(field, opening + describeFlaw(reference, flaw), detail);
}

/**
 * @param {Table} table
 * @param {Reference} reference
 * @param {string} number
 */
function pictureFace(table, reference, number) {
  const picture = element("img", { src: reference.address, alt: words().picture(number) });
  picture.addEventListener("load", () => {
    if (reference.pixels) return;
    const { naturalWidth: width, naturalHeight: height } = picture;
    table.learn(reference, {
      pixels: { width, height },
      flaw: hasTooManyPixels(width, height) ? { code: "too_many_pixels" } : null,
    });
  });
  picture.addEventListener("error", () => table.learn(reference, { flaw: { code: "unreadable" } }));
  return element("span", { class: "print-picture" }, picture);
}

/** @param {Reference} reference */
function videoFace(reference) {
  const video = element("video", { src: reference.address, controls: true, playsinline: true, preload: "metadata" });
  video.setAttribute("aria-label", words().sampleVideo);
  video.muted = true;
  video.loop = true;
  return video;
}

/**
 * Whether there is something to look at.
 *
 * @param {Reference} reference
 */
function opens({ flaw }) {
  return flaw === null || flaw.code === "refused" || flaw.code === "too_many_pixels";
}

/** @param {Reference} reference */
function wrongFace(reference) {
  return element("span", { class: "print-wrong" }, reference.file.name || words().notTaken);
}

/** @param {Reference} reference */
function caption({ pixels: found, file }) {
  const parts = [found && pixels(found.width, found.height), size(file.size)];
  const spans = parts.flatMap((part) => part ? [element("span", {}, part), " "] : []);
  return element("span", { class: "print-caption" }, ...spans);
}

/**
 * @param {string} words
 * @param {() => void} press
 */
function removeButton(words, press) {
  const cross = drawing(
    "svg",
    { viewBox: "0 0 24 24", "aria-hidden": "true" },
    drawing("path", { d: "M5 5l14 14M19 5 5 19" }),
  );
  const made = button("quiet", "", press);
  made.className = "remove";
  made.setAttribute("aria-label", words);
  made.append(cross);
  return made;
}

/**
 * @param {Table} table
 * @param {number | "sample"} place
 * @param {string} field gets the focus that the button had
 */
function removeFrom(table, place, field) {
  table.remove(place);
  find(field, HTMLInputElement).focus();
}
