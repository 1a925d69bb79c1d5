/** One quiet voice for screen readers: what changed, once, in words. */
import { find } from "./dom.js";

/** @param {string} text */
export function announce(text) {
  const line = find("announcement", HTMLElement);
  if (line.textContent !== text) line.textContent = text;
}
