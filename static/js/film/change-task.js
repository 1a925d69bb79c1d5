/** What a person can still do to a task under way: approve its prompts, or cancel it. */
import { post } from "../ask.js";

/** @typedef {import("../types.js").TaskView} TaskView */

/** @typedef {{ kind: "task", task: TaskView } | Exclude<import("../ask.js").Answer, { kind: "answer" }>} Changed */

/**
 * @param {TaskView} task
 * @param {readonly string[] | null} prompts one a segment; null approves them as they were written
 */
export function approve({ links }, prompts) {
  const body = prompts && (prompts.length === 1 ? { prompt: prompts[0] } : { prompts });
  return change(links.approve, body);
}

/** @param {TaskView} task */
export function cancel({ links }) {
  return change(links.cancel, null);
}

/**
 * @param {string | null} address
 * @param {object | null} body
 * @returns {Promise<Changed>}
 */
async function change(address, body) {
  if (address === null) return { kind: "strange" };
  const answer = await post(address, body);
  if (answer.kind !== "answer") return answer;
  return isTask(answer.body) ? { kind: "task", task: answer.body } : { kind: "strange" };
}

/**
 * Only a task has an id of one; the rest is the contract.
 *
 * @param {object} body
 * @returns {body is TaskView}
 */
function isTask(body) {
  return "task_id" in body;
}
