/** The stages of a task, each done or in progress, with the time that really passed while this page looked on. */
import { element, fill } from "../dom.js";
import { elapsed, nearMoment } from "../numbers.js";
import { language, words } from "../words.js";

/** @import { Memory } from "../task-memory.js" */
/** @import { TaskView } from "../types.js" */

/** @typedef {"queued" | "analyzing" | "prompting" | "awaiting_approval" | "generating" | "finishing"} Stage */

/**
 * The stages a task goes through, in order.
 *
 * @param {TaskView} task
 * @returns {Stage[]}
 */
function stagesOf(task) {
  const waits = task.request.review || task.status === "awaiting_approval";
  return [
    "queued",
    "analyzing",
    "prompting",
    ...(waits ? /** @type {const} */ (["awaiting_approval"]) : []),
    "generating",
    "finishing",
  ];
}

/**
 * Where a task is, or where it stopped, told by what it has.
 *
 * @param {TaskView} task
 * @param {Memory} memory
 * @returns {string}
 */
function stageAt(task, memory) {
  if (task.status !== "failed" && task.status !== "canceled") return task.status;
  if (task.error?.code === "download_failed") return "finishing";
  if (endedInReview(task) && memory.seen["generating"] === undefined) return "awaiting_approval";
  if (task.step3_video_generation || task.step2_prompt) return "generating";
  if (task.step1_analysis?.merged) return "prompting";
  return task.step1_analysis ? "analyzing" : "queued";
}

/**
 * Whether the prompts were written and it was given up, or its time ran out, before anything was asked of Veo.
 *
 * @param {TaskView} task
 */
function endedInReview({ request, step2_prompt, error }) {
  if (!request.review || step2_prompt === null || !error) return false;
  return error.charged === "no" && (error.code === "canceled" || error.code === "deadline_exceeded");
}

/**
 * @param {HTMLElement} container
 * @param {TaskView} task
 * @param {Memory} memory
 */
export function showStages(container, task, memory) {
  const at = stageAt(task, memory);
  const hasStopped = task.status === "failed" || task.status === "canceled";
  fill(container, `${language()} ${task.status} ${at}`, () => {
    const stages = stagesOf(task);
    const position = task.status === "succeeded" ? stages.length : stages.findIndex((stage) => stage === at);
    const rows = stages.map((stage, index) => {
      const isHere = index === position;
      const state = index < position ? "done" : !isHere ? "ahead" : hasStopped ? "stopped" : "now";
      const note = state === "stopped" ? ` · ${words().stoppedHere}` : "";
      return element(
        "li",
        { class: "stage", "data-state": state, "aria-current": state === "now" ? "step" : null },
        element("span", {}, words().statuses[stage] + note),
        element("time", { "data-stage": stage }),
        state === "now" ? element("p", { class: "small stage-wait" }) : null,
      );
    });
    return [element("ol", { class: "stages" }, ...rows)];
  });
}

/**
 * Writes the times: a stage's own from when it was first seen to when the next one was, and until when it waits.
 *
 * @param {HTMLElement} container
 * @param {TaskView} task
 * @param {Memory} memory
 * @param {number} now milliseconds since 1970
 */
export function showStageTimes(container, task, memory, now) {
  for (const line of container.querySelectorAll("time")) {
    const stage = line.dataset["stage"] ?? "";
    const from = memory.seen[stage];
    const until = Object.values(memory.seen).filter((time) => from !== undefined && time > from);
    const isNow = stage === task.status;
    const end = isNow ? now : until.length > 0 ? Math.min(...until) : null;
    line.textContent = from === undefined || end === null ? "" : elapsed(end - from);
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
export function waitingWords({ reason, upstream, until }, now) {
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
 * @param {number} now milliseconds since 1970
 */
export function newsOf({ status, waiting }, isNewStage, reasonBefore, now) {
  const isNewWait = waiting !== null && waiting.reason !== reasonBefore;
  const stage = isNewStage ? words().statuses[status] : "";
  return [stage, isNewWait ? waitingWords(waiting, now) : ""].filter(Boolean).join(". ");
}
