/** The strip: unexposed while there is nothing, a negative of the first picture while it is made, the video at the end. */
import { element, fill, find, isStill } from "../dom.js";
import { isCanceling } from "./steps.js";
import { elapsed, seconds } from "../numbers.js";
import { language, words } from "../words.js";

/** @import { TaskView } from "../types.js" */

/**
 * The shape and the length that are chosen in the form, before anything is made.
 *
 * @param {{ aspect_ratio: string, duration_seconds: number }} choices
 */
export function showEmptyStrip({ aspect_ratio, duration_seconds }) {
  develop("empty", aspect_ratio);
  const length = seconds(duration_seconds);
  fill(find("frame", HTMLElement), `empty ${language()} ${length}`, () => [
    element("p", { class: "frame-note" }, element("span", { class: "number" }, length), words().page.filmEmpty),
  ]);
}

/** @param {TaskView} task */
export function showMaking(task) {
  develop("making", task.request.aspect_ratio);
  const picture = task.references.images[0]?.url ?? "";
  fill(find("frame", HTMLElement), `making ${picture}`, () => [
    picture ? element("img", { class: "negative", src: picture, alt: "" }) : null,
    element(
      "p",
      { class: "frame-note" },
      element("time", { class: "number", id: "total-time" }),
      element("span", { id: "making-status" }),
    ),
  ]);
  find("making-status", HTMLElement).textContent = isCanceling(task)
    ? words().cancelSent
    : words().statuses[task.status];
}

/**
 * @param {TaskView} task
 * @param {number} now milliseconds since 1970
 */
export function showTotalTime(task, now) {
  const line = document.getElementById("total-time");
  if (line) line.textContent = elapsed(now - Date.parse(task.created_at));
}

/**
 * Plays at once and in a loop; without sound, because browsers allow nothing else, so a button beside it turns it on.
 *
 * @param {TaskView} task
 * @param {string} address
 * @param {() => void} failed
 */
export function showVideo(task, address, failed) {
  develop("done", task.request.aspect_ratio);
  const original = task.step3_video_generation?.original_url ?? null;
  fill(find("frame", HTMLElement), `video ${address}`, () => {
    const plays = { id: "video", controls: true, playsinline: true, preload: "auto" };
    const video = element("video", { ...plays, ...original ? asSquare(original) : { src: address } });
    video.muted = true;
    video.loop = true;
    video.addEventListener("error", failed);
    if (!isStill()) video.play().catch(() => {});
    return [video];
  });
  find("video", HTMLVideoElement).setAttribute("aria-label", words().page.film);
}

/**
 * Chromium's decoder shows the wrong rows of a cropped file, so the style sheet cuts the square out of the original.
 * What would leave the square (full screen, the player's own download) is not offered; the file is beside it.
 *
 * @param {string} original
 */
function asSquare(original) {
  return {
    src: original,
    class: "cropped",
    controlslist: "nofullscreen nodownload noremoteplayback",
    disablepictureinpicture: true,
  };
}

/** There is no film to show here, so there is no strip: what happened, or what is asked, comes first. */
export function hideStrip() {
  find("strip", HTMLElement).hidden = true;
  fill(find("frame", HTMLElement), "none", () => []);
}

/**
 * @param {"empty" | "making" | "done"} state
 * @param {string} ratio
 */
function develop(state, ratio) {
  const strip = find("strip", HTMLElement);
  strip.hidden = false;
  strip.dataset["state"] = state;
  strip.dataset["ratio"] = ratio;
}
