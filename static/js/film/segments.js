/**
 * The segments: the strip of their cells, each dark until its clip is there, which it shows and opens; and what each
 * was asked with, readable and copyable.
 */
import { announce, button, element, fill } from "../dom.js";
import { hasEnded } from "../follow.js";
import { seconds } from "../numbers.js";
import { language, words } from "../words.js";

/**
 * @param {HTMLElement} container
 * @param {TaskView} task
 */
export function showCells(container, task) {
  const segments = task.step3_video_generation?.segments ?? [];
  const hasFailed = hasEnded(task) && task.status !== "succeeded";
  const isLost = hasFailed && segments.some(({ video_url }) => video_url !== null);
  const isShown = task.status !== "awaiting_approval" && (isLost || segments.length > 1);
  fill(
    container,
    isShown ? `${language()} ${task.task_id} ${segments.length} ${isLost}` : "",
    () => isShown ? empty(segments, isLost) : [],
  );
  container.querySelectorAll(".cell").forEach((place, index) => {
    const segment = segments[index];
    if (!segment || !(place instanceof HTMLElement)) return;
    place.dataset["state"] = segment.status;
    place.dataset["ratio"] = task.request.aspect_ratio;
    fill(
      place,
      `${language()} ${segment.status} ${segment.video_url} ${hasEnded(task)}`,
      () => cell(segment, segmentName(segments, index), hasEnded(task)),
    );
  });
}

/**
 * @param {readonly Segment[]} segments
 * @param {boolean} isLost whether the clips never became a video
 */
function empty(segments, isLost) {
  return [
    element("div", { class: "part-head" }, element("h3", {}, words().clipsTitle)),
    isLost ? element("p", { class: "clips-note" }, words().clipsNotLost) : null,
    element("ol", { class: "cells" }, ...segments.map(() => element("li", { class: "cell" }))),
  ];
}

/**
 * @param {Segment} segment
 * @param {string} name
 * @param {boolean} isOver what waits at the end was never asked for
 */
function cell(segment, name, isOver) {
  const isUnasked = isOver && segment.status === "pending";
  const state = isUnasked ? words().neverAsked : words().segmentStates[segment.status];
  const note = `${seconds(segment.shown_seconds)}, ${state}`;
  return [
    segment.video_url ? clip(segment.video_url, name) : element("span", { class: "cell-frame" }),
    element("span", { class: "cell-name" }, name),
    element("small", {}, note),
  ];
}

/**
 * @param {string} address
 * @param {string} name
 */
function clip(address, name) {
  // A moment in, because the first frame may be the fade that it begins with.
  const still = element("video", { src: `${address}#t=0.1`, preload: "metadata", playsinline: true, tabindex: "-1" });
  still.muted = true;
  const link = element("a", { class: "cell-frame", href: address, target: "_blank", rel: "noopener" }, still);
  link.setAttribute("aria-label", words().openClip(name));
  return link;
}

/**
 * A shot by its number; the first piece of one take is its beginning, and extensions have numbers of their own.
 *
 * @param {readonly Pick<Segment, "kind">[]} segments
 * @param {number} index
 */
export function segmentName(segments, index) {
  const say = words();
  if (segments.length === 1) return say.prompt;
  if (!segments.some(({ kind }) => kind === "extend")) return say.shot(String(index + 1));
  return segments[index]?.kind === "extend" ? say.extension(String(index)) : say.beginning;
}

/** @param {Pick<Segment, "seconds" | "shown_seconds">} segment */
export function segmentLength({ seconds: made, shown_seconds: shown }) {
  return made === shown ? seconds(made) : words().madeAndShown(seconds(made), seconds(shown));
}

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
