/** The page's words in the reader's language: the browser's, switchable, remembered. */
import { forEachWord } from "./dom.js";
import { keep, recall } from "./store.js";
import { en } from "./words/en.js";
import { ru } from "./words/ru.js";

/** @typedef {"ru" | "en"} Language */

const changes = new EventTarget();

/** @type {Language} */
let current = remembered();

/** @returns {Language} */
export function language() {
  return current;
}

/** How the reader's region writes numbers and dates: `en-GB`. */
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
  keep("language", wanted);
  changes.dispatchEvent(new Event("change"));
}

/** @param {() => void} show called now and after each change */
export function inEveryLanguage(show) {
  show();
  changes.addEventListener("change", show);
}

export function writeWords() {
  document.documentElement.lang = current;
  document.title = words().page.headline;
  forEachWord((name, node, attribute) => {
    const word = lookUp(words().page, name) ?? "";
    if (attribute) node.setAttribute(attribute, word);
    else node.textContent = word;
  });
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

/** @returns {Language} */
function remembered() {
  const wanted = recall("language") || (navigator.languages[0] ?? navigator.language).toLowerCase();
  return wanted.startsWith("ru") ? "ru" : "en";
}

export function wireLanguages() {
  for (const choice of document.querySelectorAll("[data-language]")) {
    choice.addEventListener("click", () => setLanguage(choice.getAttribute("data-language") ?? undefined));
  }
}
