/** Why a task waits for something that is not its own work, and until about when; shown, and said once. */
import { nearMoment } from "../numbers.js";
import { words } from "../words.js";

/** @typedef {import("../types.js").TaskView} TaskView */
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
