/** What a person can do while it is made: begin another, or cancel; asked once more where something may be paid already. */
import { button, element, fill } from "../dom.js";
import { hasEnded } from "../follow.js";
import { language, words } from "../words.js";

/** @import { Wishes } from "./outcome.js" */
/** @import { TaskView } from "../types.js" */

/** @typedef {Pick<Wishes, "another" | "cancel">} StepWishes */

/**
 * @param {HTMLElement} container
 * @param {TaskView} task
 * @param {StepWishes} wishes
 */
export function showSteps(container, task, wishes) {
  const isReviewed = task.status === "awaiting_approval";
  const canCancel = task.links.cancel !== null && !isReviewed;
  // Read at the press: it changes in the middle of filming, and must not take the button from under the finger.
  container.dataset["charged"] = task.cost.charged;
  const key = [language(), task.task_id, canCancel, isCanceling(task)].join(" ");
  fill(container, hasEnded(task) ? "" : key, () => {
    if (hasEnded(task)) return [];
    const another = button("plain", words().startAnother, wishes.another);
    if (isCanceling(task)) return [canceling(), row(another)];
    const cancel = button("quiet", words().cancel, () => {
      if (container.dataset["charged"] === "no") return wishes.cancel();
      const question = confirmation(wishes, () => {
        question.replaceWith(steps);
        cancel.focus();
      });
      steps.replaceWith(question);
      question.querySelector("button")?.focus();
    });
    const steps = row(another, canCancel ? cancel : null);
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
 * @param {StepWishes} wishes
 * @param {() => void} goOn
 */
function confirmation(wishes, goOn) {
  const say = words();
  const going = button("plain", say.goOn, goOn);
  going.setAttribute("aria-describedby", "cancel-question");
  return element(
    "div",
    { class: "question", role: "group", "aria-labelledby": "cancel-question" },
    element("p", { id: "cancel-question", class: "said" }, say.cancelQuestion),
    row(going, button("quiet", say.cancelAnyway, wishes.cancel)),
  );
}

/** @param {...(Node | null)} buttons */
function row(...buttons) {
  return element("div", { class: "actions" }, ...buttons);
}
