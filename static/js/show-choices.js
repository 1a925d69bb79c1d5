/** Shows what can be chosen and what the choice means. */
import { lengthAsSent, readChoices } from "./choices.js";
import { element, fill, find } from "./dom.js";
import { count, seconds } from "./numbers.js";
import { deliveredSeconds, offer } from "./offer.js";
import { clearProblem } from "./problems.js";
import { inEveryLanguage, lookUp, words } from "./words.js";

export function wireChoices() {
  const form = find("order", HTMLFormElement);
  form.addEventListener("input", (event) => {
    forgetProblem(event.target);
    showChoices();
  });
  form.addEventListener("change", showChoices);
  showOffer();
  inEveryLanguage(showChoices);
}

function showOffer() {
  const slider = find("duration_seconds", HTMLInputElement);
  slider.min = String(offer.durationMinimum);
  slider.max = String(offer.durationMaximum);
  for (const shape of document.querySelectorAll("[data-offer]")) {
    const ratio = shape.getAttribute("data-offer");
    shape.toggleAttribute("hidden", !offer.aspectRatios.some((offered) => offered === ratio));
  }
  fill(find("duration-ticks", HTMLElement), "offered", ticks);
}

function showChoices() {
  const choices = readChoices();
  find("use_case-hint", HTMLElement).textContent = lookUp(words().useCases, choices.use_case) ?? "";
  showLength(choices.duration_seconds);
  find("high-detail", HTMLElement).textContent = words().resolutionHigh(offer.resolutions.high);
  find("standard-detail", HTMLElement).textContent = words().resolutionStandard(offer.resolutions.standard);
  const length = lengthAsSent(choices.additional_prompt);
  const counter = find("own-words-count", HTMLElement);
  counter.textContent = words().countOf(count(length), count(offer.ownWordsMaximum));
  counter.classList.toggle("too-long", length > offer.ownWordsMaximum);
}

/** @param {number} asked */
function showLength(asked) {
  const delivered = deliveredSeconds(asked);
  find("duration-value", HTMLOutputElement).textContent = seconds(asked);
  find("duration_seconds", HTMLInputElement).setAttribute("aria-valuetext", seconds(asked));
  const hint = find("duration-hint", HTMLElement);
  const text = delivered === asked ? "" : words().lengthIsWhole(seconds(delivered));
  if (hint.textContent !== text) hint.textContent = text;
}

function ticks() {
  const lengths = Array.from(
    { length: offer.durationMaximum - offer.durationMinimum + 1 },
    (_, index) => offer.durationMinimum + index,
  );
  return lengths.map((length) => {
    const isClipEnd = offer.clipSeconds.includes(length);
    return element("span", { class: isClipEnd ? "clip-end" : null }, String(length));
  });
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
