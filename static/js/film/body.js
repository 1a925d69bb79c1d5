/** What stands under the strip while a task is followed: each part in its place, shown anew when it changed. */
import { element, find } from "../dom.js";
import { showCells } from "./cells.js";
import { showOutcome } from "./outcome.js";
import { showPrompt } from "./prompt.js";
import { showReview, showReviewTime } from "./review.js";
import { showAnalyses } from "./seen.js";
import { showStages, showStageTimes } from "./stages.js";
import { showSteps } from "./steps.js";
import { showWarnings } from "./warnings.js";
import { hasEnded } from "../follow.js";

/** @import { Wishes } from "./outcome.js" */
/** @import { ReviewWishes } from "./review.js" */
/** @import { Memory } from "../task-memory.js" */
/** @import { TaskView } from "../types.js" */

/** @typedef {Wishes & ReviewWishes} BodyWishes */

export class Body {
  #place = find("film-body", HTMLElement);
  /** What the HTML says before there is a task. */
  #promise = this.#place.firstElementChild;
  #review = element("div");
  #cells = element("div");
  #outcome = element("div", { class: "outcome" });
  #stages = element("div");
  #steps = element("div", { class: "outcome" });
  #warnings = element("div");
  #prompt = element("div");
  #analyses = element("div");

  showPromise() {
    this.#place.replaceChildren(...this.#promise ? [this.#promise] : []);
  }

  /**
   * @param {TaskView} task
   * @param {Memory} memory
   * @param {BodyWishes} wishes
   */
  show(task, memory, wishes) {
    this.#arrange(hasEnded(task));
    showReview(this.#review, task, wishes);
    showCells(this.#cells, task);
    showOutcome(this.#outcome, task, wishes);
    showStages(this.#stages, task, memory);
    showSteps(this.#steps, task, wishes);
    this.#stages.hidden = task.status === "succeeded";
    showWarnings(this.#warnings, task);
    showPrompt(this.#prompt, task.status === "awaiting_approval" ? null : task.step2_prompt);
    showAnalyses(this.#analyses, task);
  }

  /**
   * @param {TaskView} task
   * @param {Memory} memory
   * @param {number} now milliseconds since 1970
   */
  showTimes(task, memory, now) {
    showStageTimes(this.#stages, task, memory, now);
    showReviewTime(this.#review, task, now);
  }

  /**
   * While it is made, the review or the stages come first; at the end, how it ended.
   *
   * @param {boolean} ended
   */
  #arrange(ended) {
    const stages = this.#stages;
    const outcome = this.#outcome;
    const parts = ended
      ? [outcome, this.#cells, stages, this.#warnings, this.#prompt, this.#analyses]
      : [this.#review, this.#cells, stages, outcome, this.#steps, this.#warnings, this.#prompt, this.#analyses];
    if (this.#place.firstElementChild !== parts[0]) this.#place.replaceChildren(...parts);
  }
}
