/**
 * While it is made: the stages, each done or in progress, with the time that it really took and why it waits when it
 * waits; and what a person can do meanwhile: begin another, be told of the end elsewhere, or cancel.
 */
import { button, element, fill } from "../dom.js";
import { hasEnded } from "../follow.js";
import { elapsed, nearMoment, now } from "../numbers.js";
import { language, words } from "../words.js";

/**
 * The stages that a task goes through, in order.
 *
 * @param {TaskView} task
 * @returns {TaskStatus[]}
 */
function stagesOf({ request, timeline }) {
  const isReviewed = request.review || timeline.some(({ status }) => status === "awaiting_approval");
  return ["queued", "analyzing", "prompting", ...isReviewed ? reviewStage : [], "generating", "finishing"];
}

/** @type {TaskStatus[]} */
const reviewStage = ["awaiting_approval"];

/**
 * @param {HTMLElement} container
 * @param {TaskView} task
 */
export function showStages(container, task) {
  const stages = stagesOf(task);
  const isStopped = task.status === "failed" || task.status === "canceled";
  // How it ended is no stage: it stopped in the last one before.
  const at = task.timeline.map(({ status }) => stages.indexOf(status)).findLast((index) => index >= 0) ?? 0;
  fill(container, `${language()} ${task.task_id} ${task.status} ${at}`, () => {
    const rows = stages.map((stage, index) => {
      const state = index < at ? "done" : index > at ? "ahead" : isStopped ? "stopped" : "now";
      return element(
        "li",
        { class: "stage", "data-state": state, "aria-current": state === "now" ? "step" : null },
        element("span", {}, words().statuses[stage] + (state === "stopped" ? ` · ${words().stoppedHere}` : "")),
        element("time", { "data-stage": stage }),
        state === "now" ? element("p", { class: "small stage-wait" }) : null,
      );
    });
    return [element("ol", { class: "stages" }, ...rows)];
  });
}

/**
 * Writes what changes as time passes: how long each stage took, and until when it waits.
 *
 * @param {HTMLElement} container
 * @param {TaskView} task
 * @param {number} now milliseconds since 1970
 */
export function showStageTimes(container, task, now) {
  for (const line of container.querySelectorAll("time")) {
    const spans = task.timeline.flatMap(({ status, at }, index) => {
      const next = task.timeline[index + 1];
      return status === line.dataset["stage"] ? [(next ? Date.parse(next.at) : now) - Date.parse(at)] : [];
    });
    line.textContent = spans.length > 0 ? elapsed(spans.reduce((sum, span) => sum + span, 0)) : "";
  }
  const wait = container.querySelector(".stage-wait");
  const text = task.waiting ? waitingWords(task.waiting, now) : "";
  if (wait && wait.textContent !== text) wait.textContent = text;
}

/** @typedef {NonNullable<TaskView["waiting"]>} Waiting */

/**
 * @param {Waiting} waiting
 * @param {number} now milliseconds since 1970; once the wait is over, the next try is under way
 */
function waitingWords({ reason, upstream, until }, now) {
  const say = words();
  const isAhead = until !== null && Date.parse(until) > now;
  return `${say.waits[reason](upstream)} ${isAhead ? say.waitsUntilAbout(nearMoment(until, now)) : say.waitsNoMore}`;
}

/**
 * What is worth saying aloud: a new stage, and a new reason to wait; not that the same wait goes on.
 *
 * @param {TaskView} task
 * @param {boolean} isNewStage
 * @param {Waiting["reason"] | undefined} reasonBefore
 */
export function newsOf({ status, waiting }, isNewStage, reasonBefore) {
  const isNewWait = waiting !== null && waiting.reason !== reasonBefore;
  const stage = isNewStage ? words().statuses[status] : "";
  return [stage, isNewWait ? waitingWords(waiting, now()) : ""].filter(Boolean).join(". ");
}

/**
 * @param {HTMLElement} container
 * @param {TaskView} task
 * @param {Wishes} wishes
 */
export function showSteps(container, task, wishes) {
  const isReviewed = task.status === "awaiting_approval";
  const canCancel = task.links.cancel !== null && !isReviewed;
  // Read at the press: it changes while filming, and must not take the button from under the finger.
  container.dataset["charged"] = task.cost.charged;
  const key = [language(), task.task_id, canCancel, isCanceling(task)].join(" ");
  fill(container, hasEnded(task) ? "" : key, () => {
    if (hasEnded(task)) return [];
    const another = button("plain", words().startAnother, () => wishes.another(task));
    if (isCanceling(task)) return [canceling(), row(another)];
    const cancel = button("quiet", words().cancel, () => {
      if (container.dataset["charged"] === "no") return wishes.cancel(task);
      const question = confirmation(() => wishes.cancel(task), () => {
        question.replaceWith(steps);
        cancel.focus();
      });
      steps.replaceWith(question);
      question.querySelector("button")?.focus();
    });
    const steps = row(another, canCancel ? cancel : null, tellMeButton());
    return [steps];
  });
}

/**
 * Whether what is under way is only waited for.
 *
 * @param {TaskView} task
 */
export function isCanceling({ warnings }) {
  return warnings.some(({ code }) => code === "canceling");
}

/** Takes the focus of the button that stood here. */
function canceling() {
  return element("p", { id: "canceling", class: "said", tabindex: "-1" }, words().canceling);
}

/**
 * The harmless answer comes first and takes the focus, so that a second press of the same key confirms nothing.
 *
 * @param {() => void} cancel
 * @param {() => void} goOn
 */
function confirmation(cancel, goOn) {
  const say = words();
  const going = button("plain", say.goOn, goOn);
  going.setAttribute("aria-describedby", "cancel-question");
  return element(
    "div",
    { class: "question", role: "group", "aria-labelledby": "cancel-question" },
    element("p", { id: "cancel-question", class: "said" }, say.cancelQuestion),
    row(going, button("quiet", say.cancelAnyway, cancel)),
  );
}

/** @param {...(Node | null)} buttons */
function row(...buttons) {
  return element("div", { class: "actions" }, ...buttons);
}

/** What is worth calling somebody back for. */
const callingStatuses = ["awaiting_approval", "succeeded", "failed"];

/** Phones show none that a page makes by itself: where all pointing is done by finger, none is offered. */
const isPossible = "Notification" in globalThis && matchMedia("(any-pointer: fine)").matches;

/** Asks for the browser's permission; not there when that was answered already. */
function tellMeButton() {
  if (!isPossible || Notification.permission !== "default") return null;
  return button("quiet", words().tellMe, async (pressed) => {
    const isAllowed = await Notification.requestPermission() === "granted";
    pressed.textContent = isAllowed ? words().willTell : words().willNotTell;
  });
}

/** @param {TaskView} task has just come into its status */
export function tellOutside({ task_id, status }) {
  if (!document.hidden || !callingStatuses.includes(status)) return;
  if (!isPossible || Notification.permission !== "granted") return;
  try {
    const title = status === "succeeded" ? words().done : words().statuses[status];
    const told = new Notification(title, { body: words().page.headline, tag: task_id });
    told.addEventListener("click", () => focus());
  } catch {
    // A phone with a pen or a mouse: the title says it.
  }
}
