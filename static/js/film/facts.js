/** Numbers that matter: length, frame, size, price. */
import { element } from "../dom.js";
import { hasEnded } from "../follow.js";
import { date, pixels, price, seconds, size } from "../numbers.js";
import { words } from "../words.js";

/** @typedef {import("../types.js").TaskView} TaskView */

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
