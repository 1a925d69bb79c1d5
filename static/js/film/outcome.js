/**
 * What stands under the strip: while it is made, when it is there, and when it failed; and what the service did otherwise
 * than asked, or advises.
 */
import { button, element, fill, terms } from "../dom.js";
import { hasEnded } from "../follow.js";
import { count, date, elapsed, moment, pixels, price, seconds, size, timeSpan } from "../numbers.js";
import { language, lookUp, words } from "../words.js";
import { isCanceling } from "./making.js";
import { copyButton } from "./segments.js";
import { comparison, saveFrameButton } from "./strip.js";

/**
 * @param {HTMLElement} container
 * @param {TaskView} task
 * @param {Wishes} wishes
 * @param {Estimate["time"]} usual how long videos like it take here; null when nobody knows
 */
export function showOutcome(container, task, wishes, usual) {
  const clips = task.step3_video_generation?.segments.map(({ status }) => status).join();
  fill(container, [language(), task.task_id, task.status, clips, isCanceling(task), usual?.videos].join(" "), () => {
    if (task.status === "succeeded") return done(task, wishes);
    return hasEnded(task) ? failed(task, wishes) : making(task, usual);
  });
}

/**
 * @param {TaskView} task
 * @param {Estimate["time"]} usual
 */
function making(task, usual) {
  const generation = task.step3_video_generation;
  const isReviewed = task.status === "awaiting_approval";
  return [
    generation && !isReviewed ? element("p", { class: "small" }, progress(generation)) : null,
    isReviewed || isCanceling(task)
      ? null
      : terms([costFact(task), [words().usually, usual && timeSpan(usual)]], "facts"),
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
  const say = words();
  return [
    element("h3", {}, say.done),
    element(
      "div",
      { class: "actions" },
      element("a", { class: "act", href: address, download: true }, say.download),
      soundButton(),
      button("plain", say.again, () => wishes.change(task, "additional_prompt")),
      copyButton("plain", say.copyLink, address, null),
      saveFrameButton(),
      button("quiet", say.another, () => wishes.another(task)),
    ),
    comparison(task),
    facts(task),
    element("div", {}, priceNote(task), element("p", { class: "small" }, say.keptUntil(moment(task.expires_at)))),
  ];
}

/** Follows the player: its own controls turn the sound on and off too. */
function soundButton() {
  const video = document.getElementById("video");
  if (!(video instanceof HTMLVideoElement)) return null;
  const label = () => video.muted ? words().soundOn : words().soundOff;
  const made = button("plain", label(), () => video.muted = !video.muted);
  video.onvolumechange = () => made.textContent = label();
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
  const spoken = lookUp(say.taskErrors, code) ?? error?.message ?? "";
  const isCanceled = task.status === "canceled";
  const charged = error?.charged ?? task.cost.charged;
  const mayCostTwice = error?.retryable && charged !== "no" && !isCanceled;
  return [
    element("h3", {}, isCanceled ? say.statuses.canceled : say.statuses.failed),
    // The heading says it already, and who gave it up knows why.
    isCanceled ? null : element("p", {}, spoken),
    element("p", {}, mayCostTwice ? `${say.charged[charged]} ${say.mayCostTwice}` : say.charged[charged]),
    ...task.cost.charged === "no" ? [] : [terms([costFact(task)], "facts"), priceNote(task)],
    nextStep(task, code, wishes),
  ];
}

/**
 * @param {TaskView} task
 * @param {string} code
 * @param {Wishes} wishes
 */
function nextStep(task, code, wishes) {
  const say = words();
  const change = (/** @type {string} */ label, /** @type {"additional_prompt" | "reference_image1"} */ focus) =>
    button("act", label, () => wishes.change(task, focus));
  // Who gave it up wants something else than the same at once.
  if (task.error?.retryable && code !== "canceled") return button("act", say.tryAgain, () => wishes.repeat(task));
  if (code === "analysis_failed") return change(say.changeReferences, "reference_image1");
  const isDeclined = code === "filtered_prompt" || code === "prompt_failed" || code === "provider_error";
  return isDeclined ? change(say.changeWords, "additional_prompt") : change(say.backToForm, "reference_image1");
}

/**
 * Numbers that matter: length, frame, size, how long it took, price.
 *
 * @param {TaskView} task
 */
function facts(task) {
  const say = words();
  const made = task.step3_video_generation;
  return terms([
    [say.length, made?.duration_seconds ? seconds(made.duration_seconds) : null],
    [say.frameSize, made?.width && made.height ? pixels(made.width, made.height) : null],
    [say.weight, made?.bytes ? size(made.bytes) : null],
    [say.madeIn, elapsed(Date.parse(task.timeline.at(-1)?.at ?? task.updated_at) - Date.parse(task.created_at))],
    costFact(task),
  ], "facts");
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

/**
 * Who made it, and what the price means.
 *
 * @param {TaskView} task
 */
function priceNote(task) {
  const day = date(task.cost.prices_as_of);
  const known = task.sandbox ? words().sandboxCost(day) : words().pricesAsOf(day);
  const model = task.step3_video_generation?.model;
  const note = isUnknown(task) ? words().costIsUnknown(day) : known;
  return element("p", { class: "small" }, model && hasEnded(task) ? `${model}. ${note}` : note);
}

/** @param {TaskView} task */
function isUnknown(task) {
  return hasEnded(task) && task.cost.actual_usd === null;
}

/**
 * @param {HTMLElement} container
 * @param {TaskView} task
 */
export function showWarnings(container, task) {
  // That it is being cancelled stands where its button was, and what failed where it ended.
  const isLost = hasEnded(task) && task.status !== "succeeded";
  const toldElsewhere = ["canceling", ...isLost ? ["clip_failed", "clip_made_again"] : []];
  const listed = task.warnings.filter(({ code }) => !toldElsewhere.includes(code));
  const made = task.step3_video_generation?.duration_seconds ?? 0;
  const said = [...new Set(listed.map((warning) => speakWarning(warning, task.plan, made)))];
  fill(container, `${language()} ${said.join()}`, () => {
    if (said.length === 0) return [];
    const list = element("ul", { class: "warnings" }, ...said.map((text) => element("li", {}, text)));
    list.setAttribute("aria-label", words().warningsTitle);
    return [list];
  });
}

/**
 * The service's own sentence is English and the more exact one: it names the picture.
 *
 * @param {TaskView["warnings"][number]} warning
 * @param {Pick<TaskView["plan"], "duration_seconds" | "resolution" | "model">} plan
 * @param {number} made seconds
 */
export function speakWarning({ code, message }, { duration_seconds, resolution, model }, made = 0) {
  const facts = { made: seconds(made), promised: seconds(duration_seconds), resolution, model };
  return lookUp(words().warnings, code)?.(facts) ?? message;
}
