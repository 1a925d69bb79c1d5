/** Copying. Where the browser does not allow it, the text is selected instead, and the button says so. */
import { button } from "../dom.js";
import { words } from "../words.js";

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
