/** The prompt: readable and copyable. */
import { button, element, fill } from "../dom.js";
import { language, words } from "../words.js";

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

/** How long the button says that it worked. */
const thanksMs = 2_500;

/**
 * @param {"plain" | "quiet"} look
 * @param {string} label
 * @param {string} text
 * @param {HTMLElement | null} shown where the text stands on the page
 */
export function copyButton(look, label, text, shown) {
  return button(look, label, async (pressed) => {
    const answer = await copy(text) ? words().copied : select(shown);
    pressed.textContent = answer;
    setTimeout(() => pressed.textContent = label, thanksMs);
  });
}

/** @param {string} text */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** @param {HTMLElement | null} shown */
function select(shown) {
  if (shown) getSelection()?.selectAllChildren(shown);
  return shown ? words().copyYourself : words().notCopied;
}
