/** The words of the page in the reader's language: chosen by the browser, switchable, remembered. */
import { en } from "./words/en.js";
import { ru } from "./words/ru.js";

/** @typedef {"ru" | "en"} Language */

const storageKey = "veo31.language";
const changes = new EventTarget();

/** @type {Language} */
let current = remembered() ?? (preferred().startsWith("ru") ? "ru" : "en");

/** @returns {Language} */
export function language() {
  return current;
}

/** How the reader's region writes numbers and dates in the language of the page, for example `en-GB`. */
export function locale() {
  return navigator.languages.find((wanted) => wanted.toLowerCase().startsWith(current)) ?? current;
}

/** @returns {Words} */
export function words() {
  return current === "ru" ? ru : en;
}

/** @param {string | undefined} wanted anything but a language of the page is passed over */
function setLanguage(wanted) {
  if (wanted !== "ru" && wanted !== "en") return;
  current = wanted;
  try {
    localStorage.setItem(storageKey, wanted);
  } catch {
    // A browser that stores nothing still shows the page.
  }
  changes.dispatchEvent(new Event("change"));
}

/** @param {() => void} show called now and after each change */
export function inEveryLanguage(show) {
  show();
  changes.addEventListener("change", show);
}

/** Puts the words into everything that the HTML marks with `data-word`, `data-word-label` or `data-word-placeholder`. */
export function writeWords() {
  document.documentElement.lang = current;
  document.title = words().page.headline;
  forEachMarked("word", (node, word) => node.textContent = word);
  forEachMarked("word-label", (node, word) => node.setAttribute("aria-label", word));
  forEachMarked("word-placeholder", (node, word) => node.setAttribute("placeholder", word));
  for (const node of document.querySelectorAll("[data-language]")) {
    node.setAttribute("aria-pressed", String(node.getAttribute("data-language") === current));
  }
}

/**
 * @template Value
 * @param {Readonly<Record<string, Value>>} record
 * @param {string} key may come from the service, newer than this page
 * @returns {Value | undefined}
 */
export function lookUp(record, key) {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/**
 * @param {string} mark
 * @param {(node: Element, word: string) => void} write
 */
function forEachMarked(mark, write) {
  for (const node of document.querySelectorAll(`[data-${mark}]`)) {
    const word = lookUp(words().page, node.getAttribute(`data-${mark}`) ?? "");
    if (word !== undefined) write(node, word);
  }
}

function preferred() {
  return (navigator.languages[0] ?? navigator.language).toLowerCase();
}

/** @returns {Language | null} */
function remembered() {
  try {
    const stored = localStorage.getItem(storageKey);
    return stored === "ru" || stored === "en" ? stored : null;
  } catch {
    return null;
  }
}

export function wireLanguages() {
  for (const choice of document.querySelectorAll("[data-language]")) {
    choice.addEventListener("click", () => setLanguage(choice.getAttribute("data-language") ?? undefined));
  }
}
