/** What stands under the strip: while it is made, when it is there, and when it failed. */
import { button, element, fill } from "../dom.js";
import { copyButton } from "./prompt.js";
import { hasEnded } from "../follow.js";
import { count, date, moment, pixels, price, seconds, size } from "../numbers.js";
import { language, lookUp, words } from "../words.js";

/** @import { Generation, TaskView } from "../types.js" */

/**
 * @typedef {object} Wishes what a person can want next
 * @property {() => void} another the form, for another video
 * @property {() => void} repeat the same once more
 * @property {() => void} cancel
 * @property {(focus: "references" | "words") => void} change the same with something changed
 */

/**
 * @param {HTMLElement} container
 * @param {TaskView} task
 * @param {Wishes} wishes
 */
export function showOutcome(container, task, wishes) {
  const key = [language(), task.task_id, task.status, clipKey(task)].join(" ");
  fill(container, key, () => {
    if (task.status === "succeeded") return done(task, wishes);
    return task.status === "failed" || task.status === "canceled" ? failed(task, wishes) : making(task);
  });
}

/** @param {TaskView} task */
function clipKey({ step3_video_generation: generation }) {
  return generation?.segments.map(({ status }) => status).join() ?? "";
}

/** @param {TaskView} task */
function making(task) {
  const generation = task.step3_video_generation;
  const isReviewed = task.status === "awaiting_approval";
  return [
    generation && !isReviewed ? element("p", { class: "small" }, progress(generation)) : null,
    isReviewed ? null : facts(task),
    element("div", {}, isReviewed ? null : priceNote(task), element("p", { class: "small" }, words().keepAddress)),
  ];
}

/** @param {Generation} generation */
function progress({ model, segments }) {
  const say = words();
  const [only] = segments;
  if (segments.length === 1 && only) return `${model} · ${say.segmentStates[only.status]}`;
  const filmed = segments.filter(({ status }) => status === "succeeded").length;
  return `${model} · ${say.filmedOf(count(filmed), count(segments.length))}`;
}

/**
 * @param {TaskView} task
 * @param {Wishes} wishes
 */
function done(task, wishes) {
  const address = task.step3_video_generation?.video_url ?? "";
  return [
    element("h3", {}, words().done),
    element(
      "div",
      { class: "actions" },
      element("a", { class: "act", href: address, download: true }, words().download),
      soundButton(),
      copyButton("plain", words().copyLink, address, null),
      button("plain", words().again, wishes.another),
    ),
    facts(task),
    element("div", {}, priceNote(task), element("p", { class: "small" }, words().keptUntil(moment(task.expires_at)))),
  ];
}

/** Follows the player: its own controls turn the sound on and off too. */
function soundButton() {
  const video = document.getElementById("video");
  if (!(video instanceof HTMLVideoElement)) return null;
  const label = () => video.muted ? words().soundOn : words().soundOff;
  const made = button("plain", label(), () => video.muted = !video.muted);
  video.addEventListener("volumechange", () => made.textContent = label());
  return made;
}

/**
 * @param {TaskView} task
 * @param {Wishes} wishes
 */
function failed(task, wishes) {
  const { error } = task;
  const say = words();
  const code = error?.code ?? "canceled";
  const spoken = language() === "en" && error ? error.message : lookUp(say.taskErrors, code) ?? error?.message ?? "";
  const isCanceled = task.status === "canceled";
  const hasDetail = language() !== "en" && error && spoken !== error.message;
  const charged = error?.charged ?? task.cost.charged;
  const mayCostTwice = error?.retryable && charged !== "no" && !isCanceled;
  return [
    element("h3", {}, isCanceled ? say.statuses.canceled : say.statuses.failed),
    // The heading says it already, and who gave it up knows why.
    isCanceled ? null : element("p", {}, spoken),
    hasDetail && !isCanceled ? element("p", { class: "small", lang: "en" }, error.message) : null,
    element("p", {}, mayCostTwice ? `${say.charged[charged]} ${say.mayCostTwice}` : say.charged[charged]),
    costAlone(task),
    nextStep(code, error?.retryable ?? false, wishes),
  ];
}

/**
 * @param {string} code
 * @param {boolean} retryable
 * @param {Wishes} wishes
 */
function nextStep(code, retryable, wishes) {
  const say = words();
  // Who gave it up wants something else than the same at once.
  if (retryable && code !== "canceled") return button("act", say.tryAgain, wishes.repeat);
  if (code === "analysis_failed") return button("act", say.changeReferences, () => wishes.change("references"));
  const isDeclined = code === "filtered_prompt" || code === "prompt_failed" || code === "provider_error";
  if (isDeclined) return button("act", say.changeWords, () => wishes.change("words"));
  return button("act", say.backToForm, () => wishes.change("references"));
}

/** @param {TaskView} task */
export function facts(task) {
  const say = words();
  const made = task.step3_video_generation;
  return list([
    [say.length, made?.duration_seconds ? seconds(made.duration_seconds) : null],
    [say.frameSize, made?.width && made.height ? pixels(made.width, made.height) : null],
    [say.model, made?.model ?? null],
    [say.weight, made?.bytes ? size(made.bytes) : null],
    costFact(task),
  ]);
}

/**
 * What a task cost that made no video, where it cost something or nobody knows.
 *
 * @param {TaskView} task
 */
export function costAlone(task) {
  return task.cost.charged === "no" ? null : element("div", {}, list([costFact(task)]), priceNote(task));
}

/**
 * What the price means.
 *
 * @param {TaskView} task
 */
export function priceNote(task) {
  const day = date(task.cost.prices_as_of);
  const known = task.sandbox ? words().sandboxCost(day) : words().pricesAsOf(day);
  return element("p", { class: "small" }, isUnknown(task) ? words().costIsUnknown(day) : known);
}

/**
 * Before the end only the estimate is known; at the end what was paid, or the least and the most where nobody knows.
 *
 * @param {TaskView} task
 * @returns {[term: string, value: string]}
 */
function costFact(task) {
  const { estimate_usd, actual_usd, at_least_usd, at_most_usd } = task.cost;
  if (isUnknown(task)) return [words().cost, `${price(at_least_usd)} – ${price(at_most_usd)}`];
  return actual_usd === null ? [words().estimate, price(estimate_usd)] : [words().cost, price(actual_usd)];
}

/** @param {TaskView} task */
function isUnknown(task) {
  return hasEnded(task) && task.cost.actual_usd === null;
}

/** @param {readonly (readonly [term: string, value: string | null])[]} entries */
function list(entries) {
  const said = entries.filter(([, value]) => value !== null);
  return element(
    "dl",
    { class: "facts" },
    ...said.map(([term, value]) =>
      element("div", {}, element("dt", {}, term), element("dd", { class: "number" }, value))
    ),
  );
}
