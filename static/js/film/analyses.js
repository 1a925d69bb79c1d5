/** What was seen: a card for each reference as soon as its analysis is there. */
import { element, fill } from "../dom.js";
import { language, words } from "../words.js";
import { pictureCard } from "./picture-card.js";
import { sampleCard } from "./sample-card.js";

/** @typedef {import("../types.js").TaskView} TaskView */

/**
 * @param {HTMLElement} container
 * @param {TaskView} task
 */
export function showAnalyses(container, task) {
  const { step1_analysis: analysis, references } = task;
  if (!analysis) return fill(container, "", () => []);
  const isRunning = task.status === "analyzing";
  const count = analysis.images.length + (references.video ? 1 : 0);
  fill(container, `${language()} ${task.task_id} ${count}`, () => [
    element("div", { class: "part-head" }, element("h3", {}, words().seenTitle)),
    element("div", { class: "seen-cards" }, ...Array.from({ length: count }, () => element("div", {}))),
  ]);
  const places = [...container.querySelectorAll(".seen-cards > div")].filter((place) => place instanceof HTMLElement);
  references.images.forEach(({ url }, index) => {
    const place = places[index];
    const seen = analysis.images[index];
    const number = String(index + 1);
    if (place) {
      showCard(place, Boolean(seen), () => seen ? pictureCard(seen, url, number) : waiting(url, number, isRunning));
    }
  });
  const { video } = references;
  const last = places[analysis.images.length];
  if (!video || !last) return;
  const seen = analysis.video;
  showCard(last, Boolean(seen), () => seen ? sampleCard(seen, video.url) : waiting(null, null, isRunning));
}

/**
 * @param {HTMLElement} place
 * @param {boolean} isSeen
 * @param {() => Node} card
 */
function showCard(place, isSeen, card) {
  fill(place, `${language()} ${isSeen}`, () => [card()]);
}

/**
 * @param {string | null} address of the picture; null for the video
 * @param {string | null} number
 * @param {boolean} isRunning
 */
function waiting(address, number, isRunning) {
  const say = words();
  const name = number === null ? say.sampleVideo : say.pictureNumber(number);
  return element(
    "article",
    { class: "seen" },
    address ? element("img", { src: address, alt: "" }) : element("span", { class: "seen-strip" }),
    element("div", {}, element("small", {}, name), element("p", {}, isRunning ? say.seenPending : say.notSeen)),
  );
}
