/** What is asked for besides the references: read from the form, and put back into it. */
import { find } from "./dom.js";
import { longestClip, offer } from "./offer.js";

/** @import { TaskRequest } from "./types.js" */

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
export function hasStructure({ duration_seconds, quality }) {
  const longest = longestClip(quality);
  return longest !== null && duration_seconds > longest;
}

/**
 * The length of the own words as the service will count it: a form sends each line end as two characters (HTML, multipart
 * form data).
 *
 * @param {string} text
 */
export function lengthAsSent(text) {
  return text.replace(/\r?\n/g, "\r\n").length;
}

export function ownWordsAreTooLong() {
  const maximum = offer()?.limits.additional_prompt_characters ?? Infinity;
  return lengthAsSent(readChoices().additional_prompt) > maximum;
}

/**
 * @template {string} Value
 * @param {string} name
 * @param {Value} otherwise what the service takes when nothing is said
 * @returns {Value}
 */
function pressed(name, otherwise) {
  const value = radios(name).find((input) => input.checked)?.value;
  // The HTML holds no other values, and the service refuses any that it does not know.
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
