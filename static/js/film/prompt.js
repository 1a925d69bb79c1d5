/** The prompt: readable and copyable. */
import { announce, button, element, fill } from "../dom.js";
import { language, words } from "../words.js";
import { segmentLength, segmentName } from "./cells.js";

/**
 * Each segment's under its name; while they wait to be approved they stand in the review.
 *
 * @param {HTMLElement} container
 * @param {TaskView} task
 */
export function showPrompt(container, { status, step2_prompt, step3_video_generation: generation }) {
  const isShown = step2_prompt !== null && status !== "awaiting_approval";
  fill(container, isShown ? language() + step2_prompt : "", () => {
    if (!isShown) return [];
    const segments = generation?.segments ?? [];
    const texts = segments.map((segment, index) => {
      const text = element("p", { lang: "en" }, segment.prompt);
      if (segments.length === 1) return text;
      const name = `${segmentName(segments, index)} · ${segmentLength(segment)}`;
      return element("details", {}, element("summary", {}, name), text);
    });
    const shown = element("div", { class: "prompt" }, ...texts);
    const head = element(
      "div",
      { class: "part-head" },
      element("h3", {}, words().promptTitle),
      copyButton("quiet", words().copy, step2_prompt, shown),
    );
    return [head, shown];
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
    announce(answer);
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
