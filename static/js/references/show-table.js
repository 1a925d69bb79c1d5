/** Draws the table: each print with its size, the video on its strip, and beside it what will not work. */
import { announce, button, drawing, element, fill, find } from "../dom.js";
import { elapsed, pixels, seconds, size } from "../numbers.js";
import { offer, onOffer } from "../offer.js";
import { clearProblem, showProblem } from "../problems.js";
import { inEveryLanguage, language, words } from "../words.js";
import { isPreparing } from "./reference.js";

/** @param {Table} table */
export function showTable(table) {
  const show = () => {
    table.prints.forEach((print, index) => showPlace(table, index, print));
    showPlace(table, "sample", table.sample);
  };
  inEveryLanguage(show);
  onOffer(show);
  table.addEventListener("change", () => {
    show();
    if (table.overflowed) showProblem("references", () => words().tooManyPictures);
    else clearProblem("references");
  });
}

/**
 * A print changes places with another, and says so.
 *
 * @param {Table} table
 * @param {number} from
 * @param {number} to
 */
export function movePrint(table, from, to) {
  table.swap(from, to);
  announce(`${words().picture(String(to + 1))}: ${table.prints[to]?.file.name}`);
}

/**
 * Fills what the HTML brings empty.
 *
 * @param {Table} table
 * @param {Place} place
 * @param {Reference | null} laid
 */
function showPlace(table, place, laid) {
  const isPrint = place !== "sample";
  const number = isPrint ? String(place + 1) : "";
  const id = isPrint ? `print${number}` : place;
  const field = isPrint ? `reference_image${number}` : "video_reference";
  const name = isPrint ? words().picture(number) : words().sampleVideo;
  const node = find(id, HTMLElement);
  const input = find(field, HTMLInputElement);
  node.toggleAttribute("data-laid", laid !== null);
  node.toggleAttribute("data-wrong", Boolean(laid?.flaw));
  node.draggable = isPrint && laid !== null;
  if (laid && isPrint) input.setAttribute("aria-label", words().replace(number));
  else input.removeAttribute("aria-label");
  showFlaw(field, isPrint ? number : null, laid?.flaw ?? null);
  const key = laid ? language() : "";
  const hasFace = !laid?.flaw || laid.pixels;
  fill(find(`${id}-face`, HTMLElement), key && `${key} ${laid?.address} ${hasFace}`, () => {
    if (!laid) return [];
    if (!hasFace) return [element("span", { class: "print-wrong" }, laid.file.name)];
    return [isPrint ? pictureFace(laid, name) : videoFace(table, laid, name)];
  });
  const parts = laid ? captionOf(laid) : [];
  fill(
    find(`${id}-caption`, HTMLElement),
    String(parts),
    () => parts.flatMap((part) => [element("span", {}, part), " "]),
  );
  fill(find(`${id}-tools`, HTMLElement), key, () => laid ? tools(table, place, input) : []);
}

/**
 * @param {string} field
 * @param {string | null} number of the print
 * @param {Speech | null} flaw
 */
function showFlaw(field, number, flaw) {
  if (!flaw) return clearProblem(field);
  showProblem(field, () => {
    const spoken = flaw();
    const { text, detail = null } = typeof spoken === "string" ? { text: spoken } : spoken;
    return { text: number === null ? text : `${words().picture(number)}. ${text}`, detail };
  });
}

/**
 * @param {Table} table
 * @param {Place} place
 * @param {HTMLInputElement} input gets the focus of what was taken away
 */
function tools(table, place, input) {
  const isPrint = place !== "sample";
  const label = isPrint ? words().remove(String(place + 1)) : words().removeSample;
  const remove = tool("remove", label, "M5 5l14 14M19 5 5 19", () => {
    table.remove(place);
    input.focus();
  });
  return [isPrint && place > 0 ? swapTool(table, place) : null, remove];
}

/**
 * @param {Reference} reference
 * @param {string} alt
 */
function pictureFace({ address: src }, alt) {
  // What is dragged is the print.
  return element("span", { class: "print-picture" }, element("img", { src, alt, draggable: "false" }));
}

/**
 * @param {Table} table
 * @param {Reference} reference
 * @param {string} name
 */
function videoFace(table, reference, name) {
  const attributes = { controls: true, loop: true, playsinline: true, preload: "metadata", "aria-label": name };
  const video = element("video", { src: reference.address, ...attributes });
  video.muted = true;
  video.addEventListener("loadedmetadata", () => {
    const { videoWidth: width, videoHeight: height, duration } = video;
    table.learn(reference, { pixels: { width, height }, seconds: duration });
  });
  return video;
}

/** @param {Reference} reference */
function captionOf(reference) {
  const { before, pixels: found, file } = reference;
  if (isPreparing(reference)) return [words().preparing];
  return [before, found && pixels(found.width, found.height), size(file.size), watched(reference)].filter(Boolean);
}

/** How much of a video is looked at, where that is known. @param {Reference} reference */
function watched({ seconds: length }) {
  const maximum = offer()?.limits.video.watched.seconds_maximum;
  // Some recordings do not say how long they are.
  if (!maximum || !length || length === Infinity) return null;
  return length > maximum
    ? words().watchedInPart(elapsed(length * 1000), seconds(maximum))
    : words().watchedWhole(seconds(length));
}

/**
 * Changes places with the print before.
 *
 * @param {Table} table
 * @param {number} place
 */
function swapTool(table, place) {
  const label = words().swap(String(place), String(place + 1));
  return tool("swap", label, "M7 5 3 9l4 4M3 9h17M17 11l4 4-4 4M21 15H4", () => {
    movePrint(table, place, place - 1);
    // The button went with a print that moved to an empty place.
    if (!table.prints[place]) find(`reference_image${place}`, HTMLInputElement).focus();
  });
}

/**
 * @param {string} name
 * @param {string} label
 * @param {string} path its drawing
 * @param {() => void} press
 */
function tool(name, label, path, press) {
  const made = button("quiet", "", press);
  made.className = `tool ${name}`;
  made.setAttribute("aria-label", label);
  made.append(drawing("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, drawing("path", { d: path })));
  return made;
}
