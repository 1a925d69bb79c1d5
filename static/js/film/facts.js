/** Numbers that matter: length, frame, size, price. */
import { element } from "../dom.js";
import { date, pixels, price, seconds, size } from "../numbers.js";
import { words } from "../words.js";

/** @typedef {import("../types.js").TaskView} TaskView */

/** @param {TaskView} task */
export function facts(task) {
  const say = words();
  const made = task.step3_video_generation;
  const { actual_usd, estimate_usd } = task.cost;
  /** @type {[string, string | null][]} */
  const entries = [
    [say.length, made?.duration_seconds ? seconds(made.duration_seconds) : null],
    [say.frameSize, made?.width && made.height ? pixels(made.width, made.height) : null],
    [say.weight, made?.bytes ? size(made.bytes) : null],
    actual_usd === null || task.sandbox ? [say.estimate, price(estimate_usd)] : [say.cost, price(actual_usd)],
  ];
  return element(
    "dl",
    { class: "facts" },
    ...entries.flatMap(([term, value]) =>
      value === null ? [] : [element("div", {}, element("dt", {}, term), element("dd", { class: "number" }, value))]
    ),
  );
}

/**
 * What the price means.
 *
 * @param {TaskView} task
 */
export function priceNote(task) {
  const text = task.sandbox ? words().sandboxCost : `${words().pricesAsOf(date(task.cost.prices_as_of))}.`;
  return element("p", { class: "small" }, text);
}
