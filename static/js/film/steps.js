/**
 * What a person can do while it is made: begin another, be told of the end elsewhere, or cancel; asked once more where
 * something may be paid already.
 */
import { button, element, fill } from "../dom.js";
import { hasEnded } from "../follow.js";
import { language, words } from "../words.js";

/**
 * @param {HTMLElement} container
 * @param {TaskView} task
 * @param {Wishes} wishes
 */
export function showSteps(container, task, wishes) {
  const isReviewed = task.status === "awaiting_approval";
  const canCancel = task.links.cancel !== null && !isReviewed;
  // Read at the press: it changes in the middle of filming, and must not take the button from under the finger.
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

/** Phones show none that a page makes by itself: there is nothing to offer where all pointing is done by finger. */
const isPossible = "Notification" in globalThis && matchMedia("(any-pointer: fine)").matches;

/** Asks for the browser's permission; not there when the question is answered already. */
export function tellMeButton() {
  if (!isPossible || Notification.permission !== "default") return null;
  return button("quiet", words().tellMe, async (pressed) => {
    const isAllowed = await Notification.requestPermission() === "granted";
    pressed.replaceWith(isAllowed ? words().willTell : words().willNotTell);
  });
}

/** @param {TaskView} task has just come into its status */
export function tellOutside({ task_id, status }) {
  if (!document.hidden || !callingStatuses.includes(status)) return;
  if (!isPossible || Notification.permission !== "granted") return;
  const told = new Notification(words().statuses[status], { body: words().page.headline, tag: task_id });
  told.addEventListener("click", () => focus());
}
