/** What is asked for besides the references: read from the form, and put back into it. */
import { find } from "./dom.js";
import { offer } from "./offer.js";

/**
 * @typedef {object} Choices
 * @property {string} use_case
 * @property {number} duration_seconds
 * @property {string} aspect_ratio
 * @property {string} quality
 * @property {string} additional_prompt
 */

/** @returns {Choices} */
export function readChoices() {
  return {
    use_case: pressed("use_case"),
    duration_seconds: Number(find("duration_seconds", HTMLInputElement).value),
    aspect_ratio: pressed("aspect_ratio"),
    quality: pressed("quality"),
    additional_prompt: find("additional_prompt", HTMLTextAreaElement).value,
  };
}

/**
 * Puts an earlier request's choices into the form, as far as they are still offered.
 *
 * @param {Choices} choices
 */
export function writeChoices(choices) {
  press("use_case", choices.use_case);
  press("aspect_ratio", choices.aspect_ratio);
  press("quality", choices.quality);
  find("duration_seconds", HTMLInputElement).value = String(choices.duration_seconds);
  find("additional_prompt", HTMLTextAreaElement).value = choices.additional_prompt;
  find("order", HTMLFormElement).dispatchEvent(new Event("change"));
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
  return lengthAsSent(readChoices().additional_prompt) > offer.ownWordsMaximum;
}

/** @param {string} name */
function pressed(name) {
  return radios(name).find((input) => input.checked)?.value ?? "";
}

/**
 * @param {string} name
 * @param {string} value
 */
function press(name, value) {
  for (const input of radios(name)) {
    if (input.value === value && !input.closest("[hidden]")) input.checked = true;
  }
}

/**
 * @param {string} name
 * @returns {HTMLInputElement[]}
 */
function radios(name) {
  return [...document.querySelectorAll(`input[name=${name}]`)].filter((input) => input instanceof HTMLInputElement);
}
