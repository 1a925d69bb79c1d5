/**
 * The page: making and finding its elements, saying aloud what changed. Text goes in as text nodes only, and no attribute
 * carries a style or a script.
 */

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Readonly<Record<string, string | boolean | null>>} attributes true writes an empty one; false and null none
 * @param {...(Node | string | null)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  setAttributes(made, attributes);
  made.append(...children.filter((child) => child !== null));
  return made;
}

/**
 * @param {string} tag
 * @param {Readonly<Record<string, string | boolean | null>>} attributes
 * @param {...Node} children
 */
export function drawing(tag, attributes = {}, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  setAttributes(made, attributes);
  made.append(...children);
  return made;
}

/**
 * A button that does something on this page.
 *
 * @param {"act" | "plain" | "quiet"} look
 * @param {string} words
 * @param {(button: HTMLButtonElement) => void} press
 */
export function button(look, words, press) {
  const made = element("button", { type: "button", class: look }, words);
  made.addEventListener("click", () => press(made));
  return made;
}

/**
 * Terms and what they are; one with nothing to say is left out.
 *
 * @param {readonly (readonly [term: string, value: string | Node | null])[]} entries
 * @param {string} look
 */
export function terms(entries, look = "") {
  const said = entries.filter(([, value]) => value);
  const rows = said.map(([term, value]) => element("div", {}, element("dt", {}, term), element("dd", {}, value)));
  return element("dl", { class: look }, ...rows);
}

/**
 * The element of the page with an id.
 *
 * @template {Element} Kind
 * @param {string} id
 * @param {abstract new () => Kind} kind
 * @returns {Kind}
 */
export function find(id, kind) {
  const found = document.getElementById(id);
  if (found instanceof kind) return found;
  throw new Error(`The page has no ${kind.name} "${id}".`);
}

/**
 * Fills a container anew only when what it shows has changed, so that focus, an open detail and a playing video stay.
 *
 * @param {HTMLElement} container
 * @param {string} key says what is shown
 * @param {() => readonly (Node | string | null)[]} build
 */
export function fill(container, key, build) {
  if (container.dataset["key"] === key) return;
  container.dataset["key"] = key;
  container.replaceChildren(...build().filter((child) => child !== null));
}

/** How the HTML names a word, and the attribute that it stands in, if any. */
const marks = [["data-word"], ["data-word-label", "aria-label"], ["data-word-placeholder", "placeholder"]];

/** @param {(name: string, node: Element, attribute: string | undefined) => void} visit */
export function forEachWord(visit) {
  for (const [mark = "", attribute] of marks) {
    for (const node of document.querySelectorAll(`[${mark}]`)) visit(node.getAttribute(mark) ?? "", node, attribute);
  }
}

/**
 * @param {Element} made
 * @param {Readonly<Record<string, string | boolean | null>>} attributes
 */
function setAttributes(made, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === false) continue;
    made.setAttribute(name, value === true ? "" : value);
  }
}

export function isStill() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** One quiet voice for screen readers: what changed, once, in words. @param {string} text */
export function announce(text) {
  write("announcement", text);
}

/**
 * What is written again would be read out again.
 *
 * @param {string} id
 * @param {string} text
 */
export function write(id, text) {
  const line = find(id, HTMLElement);
  if (line.textContent !== text) line.textContent = text;
}
