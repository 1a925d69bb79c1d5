/** The prompt: readable and copyable. */
import { element, fill } from "../dom.js";
import { language, words } from "../words.js";
import { copyButton } from "./copy.js";

/**
 * @param {HTMLElement} container
 * @param {string | null} prompt
 */
export function showPrompt(container, prompt) {
  fill(container, `${language()} ${prompt}`, () => {
    if (prompt === null) return [];
    const text = element("p", { class: "prompt", lang: "en" }, prompt);
    const head = element(
      "div",
      { class: "part-head" },
      element("h3", {}, words().promptTitle),
      copyButton("quiet", words().copy, prompt, text),
    );
    return [head, text];
  });
}
