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
  const { estimate_usd, prices_as_of } = task.cost;
  const day = date(prices_as_of);
  const known = task.sandbox ? words().sandboxCost(day) : words().pricesAsOf(day);
  const text = isUnknown(task) ? words().costIsUnknown(price(estimate_usd), day) : known;
  return element("p", { class: "small" }, text);
}

/**
 * Before the end only the estimate is known; at the end what was paid, unless the upstream left that open.
 *
 * @param {TaskView} task
 * @returns {[term: string, value: string]}
 */
function costFact(task) {
  const { estimate_usd, actual_usd } = task.cost;
  if (isUnknown(task)) return [words().cost, words().costUnknown];
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
