/** Shows what can be chosen and what the choice means. */
import { hasStructure, lengthAsSent, readChoices } from "./choices.js";
import { find } from "./dom.js";
import { count, seconds } from "./numbers.js";
import { longestTake, offer, onOffer, resolutionOf } from "./offer.js";
import { clearProblem } from "./problems.js";
import { showLength } from "./show-length.js";
import { inEveryLanguage, lookUp, words } from "./words.js";

/** @typedef {import("./types.js").TaskRequest} TaskRequest */

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
  find("use_case-hint", HTMLElement).textContent = lookUp(words().useCases, choices.use_case) ?? "";
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
  const longest = longestTake(choices.quality);
  const isTooLong = isLongTake && longest !== null && choices.duration_seconds > longest;
  find("structure-hint", HTMLElement).textContent = isTooLong
    ? words().takeTooLong(seconds(longest))
    : words().structures[choices.structure](resolution);
  find("high-detail", HTMLElement).textContent = resolutionOf("high", isLongTake) ?? "";
  find("standard-detail", HTMLElement).textContent = resolutionOf("standard", isLongTake) ?? "";
}

/** @param {string} text */
function showOwnWordsCount(text) {
  const length = lengthAsSent(text);
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
