/**
 * The strip: unexposed while there is nothing, a negative of the first picture while it is made, the video at the end, of
 * which a frame can be kept and over which a reference can be laid.
 */
import { button, element, fill, find, isStill } from "../dom.js";
import { elapsed, seconds } from "../numbers.js";
import { language, words } from "../words.js";
import { isCanceling } from "./making.js";

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

/** No film, so no strip: what happened, or what is asked, comes first. */
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

/** Hardly to be told from the film, at a tenth of what a PNG weighs. */
const frameQuality = 0.92;

/** Some browsers begin to read only after the press is over. */
const downloadMs = 10_000;

/** Saves the frame that is seen at the moment of the press, as a poster. */
export function saveFrameButton() {
  return button("plain", words().saveFrame, () => {
    const video = find("video", HTMLVideoElement);
    const { videoWidth, videoHeight } = video;
    // Of a square the original is played, and its middle is what is seen.
    const side = video.classList.contains("cropped") ? Math.min(videoWidth, videoHeight) : null;
    const [width, height] = [side ?? videoWidth, side ?? videoHeight];
    const canvas = element("canvas");
    Object.assign(canvas, { width, height });
    canvas.getContext("2d")?.drawImage(video, (width - videoWidth) / 2, (height - videoHeight) / 2);
    const name = `frame-${video.currentTime.toFixed(1)}s.jpg`;
    canvas.toBlob((blob) => blob && save(blob, name), "image/jpeg", frameQuality);
  });
}

/**
 * The references, each to be laid over the film and taken off again.
 *
 * @param {TaskView} task
 */
export function comparison({ references: { images } }) {
  const say = words();
  document.getElementById("compared")?.remove();
  const prints = images.map(({ url }, index) => {
    const name = say.picture(String(index + 1));
    const print = button("plain", "", () => {
      const isLaid = print.getAttribute("aria-pressed") === "true";
      for (const other of prints) other.setAttribute("aria-pressed", String(other === print && !isLaid));
      document.getElementById("compared")?.remove();
      if (!isLaid) find("frame", HTMLElement).append(element("img", { id: "compared", src: url, alt: name }));
    });
    print.append(element("img", { src: url, alt: name }));
    print.setAttribute("aria-pressed", "false");
    return print;
  });
  const row = element("div", { class: "compare", role: "group" }, element("small", {}, say.compare), ...prints);
  row.setAttribute("aria-label", say.compare);
  return row;
}

/**
 * @param {Blob} blob
 * @param {string} name
 */
function save(blob, name) {
  const address = URL.createObjectURL(blob);
  element("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), downloadMs);
}
