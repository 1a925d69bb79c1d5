/** The stages of a task, each done or in progress, with the time that it really took, and why it waits when it waits. */
import { element, fill } from "../dom.js";
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
