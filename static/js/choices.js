/** What is asked for besides references: read from the form, put back into it, shown with what it means. */
import { element, fill, find, write } from "./dom.js";
import { count, seconds } from "./numbers.js";
import { clipEnds, longestClip, longestTake, offer, onOffer, resolutionOf } from "./offer.js";
import { clearProblem } from "./problems.js";
import { inEveryLanguage, lookUp, words } from "./words.js";

/** @returns {TaskRequest} */
export function readChoices() {
  return {
    use_case: pressed("use_case", "general"),
    duration_seconds: Number(find("duration_seconds", HTMLInputElement).value),
    aspect_ratio: pressed("aspect_ratio", "16:9"),
    quality: pressed("quality", "high"),
    structure: pressed("structure", "shots"),
    additional_prompt: find("additional_prompt", HTMLTextAreaElement).value,
    review: find("review", HTMLInputElement).checked,
  };
}

/**
 * Puts an earlier request's choices into the form, as far as they are still offered.
 *
 * @param {TaskRequest} choices
 */
export function writeChoices(choices) {
  press("use_case", choices.use_case);
  press("aspect_ratio", choices.aspect_ratio);
  press("quality", choices.quality);
  press("structure", choices.structure);
  find("duration_seconds", HTMLInputElement).value = String(choices.duration_seconds);
  find("additional_prompt", HTMLTextAreaElement).value = choices.additional_prompt;
  find("review", HTMLInputElement).checked = choices.review;
  find("order", HTMLFormElement).dispatchEvent(new Event("change"));
}

/**
 * Whether there is a choice between shots and one take: only a video longer than one clip is made of several. While
 * that length is not known there is none.
 *
 * @param {TaskRequest} choices
 */
function hasStructure({ duration_seconds, quality }) {
  const longest = longestClip(quality);
  return longest !== null && duration_seconds > longest;
}

/**
 * Whether one take of this length is more than the model can make; then the service would refuse it.
 *
 * @param {Pick<TaskRequest, "duration_seconds" | "quality" | "structure">} choices
 */
export function isTakeTooLong({ duration_seconds, quality, structure }) {
  const longest = longestTake(quality);
  return structure === "single_take" && longest !== null && duration_seconds > longest;
}

export function ownWordsAreTooLong() {
  const maximum = offer()?.limits.additional_prompt_characters ?? Infinity;
  return readChoices().additional_prompt.length > maximum;
}

/**
 * @template {string} Value
 * @param {string} name
 * @param {Value} otherwise what the service takes when nothing is said
 * @returns {Value}
 */
function pressed(name, otherwise) {
  const value = radios(name).find((input) => input.checked)?.value;
  // The HTML holds no other values.
  return /** @type {Value | undefined} */ (value) ?? otherwise;
}

/**
 * @param {string} name
 * @param {string} value
 */
function press(name, value) {
  for (const input of radios(name)) {
    if (input.value === value && !input.closest("[data-offer][hidden]")) input.checked = true;
  }
}

/**
 * @param {string} name
 * @returns {HTMLInputElement[]}
 */
function radios(name) {
  return [...document.querySelectorAll(`input[name=${name}]`)].filter((input) => input instanceof HTMLInputElement);
}

export function wireChoices() {
  const form = find("order", HTMLFormElement);
  form.addEventListener("input", (event) => {
    forgetProblem(event.target);
    showChoices();
  });
  form.addEventListener("change", showChoices);
  onOffer(() => {
    showOffer();
    showChoices();
  });
  inEveryLanguage(showChoices);
}

function showOffer() {
  const offered = offer();
  if (!offered) return;
  const slider = find("duration_seconds", HTMLInputElement);
  slider.min = String(offered.limits.duration_seconds.minimum);
  slider.max = String(offered.limits.duration_seconds.maximum);
  // Only Gemini can watch a video, and not every deployment has a key for it.
  for (const place of document.querySelectorAll("[data-takes-video]")) {
    place.toggleAttribute("hidden", !offered.takes_video);
  }
  /** @type {readonly string[]} */
  const values = [...offered.aspect_ratios, ...offered.structures];
  for (const choice of document.querySelectorAll("[data-offer]")) {
    choice.toggleAttribute("hidden", !values.includes(choice.getAttribute("data-offer") ?? ""));
  }
}

function showChoices() {
  const choices = readChoices();
  for (const input of radios("use_case")) input.title = lookUp(words().useCases, input.value) ?? "";
  write("use_case-hint", lookUp(words().useCases, choices.use_case) ?? "");
  showLength(choices);
  showStructure(choices);
  showOwnWordsCount(choices.additional_prompt);
}

/** @param {TaskRequest} choices */
function showStructure(choices) {
  const matters = hasStructure(choices);
  const isLongTake = matters && choices.structure === "single_take";
  find("structure", HTMLElement).hidden = !matters;
  const resolution = resolutionOf(choices.quality, isLongTake) ?? "";
  const hint = isTakeTooLong(choices)
    ? words().takeTooLong(seconds(longestTake(choices.quality) ?? 0))
    : words().structures[choices.structure](resolution);
  write("structure-hint", hint);
  write("high-detail", resolutionOf("high", isLongTake) ?? "");
  write("standard-detail", resolutionOf("standard", isLongTake) ?? "");
}

/** @param {string} text */
function showOwnWordsCount({ length }) {
  const maximum = offer()?.limits.additional_prompt_characters;
  const counter = find("own-words-count", HTMLElement);
  counter.textContent = maximum === undefined ? "" : words().countOf(count(length), count(maximum));
  counter.classList.toggle("too-long", maximum !== undefined && length > maximum);
}

/** @param {EventTarget | null} changed */
function forgetProblem(changed) {
  if (!(changed instanceof HTMLInputElement || changed instanceof HTMLTextAreaElement)) return;
  for (const id of (changed.getAttribute("aria-describedby") ?? "").split(" ")) {
    if (id.endsWith("-problem") && changed.type !== "file") clearProblem(id.replace(/-problem$/, ""));
  }
  if (changed.type === "radio" && changed.name !== "way") clearProblem(changed.name);
  clearProblem("form");
}

/** An end of the slider is named where its number does not touch a tick's. */
const roomSeconds = { minimum: 3, maximum: 4 };

/** @param {TaskRequest} choices */
function showLength(choices) {
  const length = seconds(choices.duration_seconds);
  write("duration-value", length);
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
