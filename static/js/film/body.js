/**
 * What stands under the strip while a task is followed, and below all: what was seen, and the prompt. Each part in its
 * place, shown anew when it changed.
 */
import { element, find } from "../dom.js";
import { hasEnded } from "../follow.js";
import { showStages, showStageTimes, showSteps } from "./making.js";
import { showOutcome, showWarnings } from "./outcome.js";
import { showReview, showReviewTime } from "./review.js";
import { showAnalyses } from "./seen.js";
import { showCells, showPrompt } from "./segments.js";

export class Body {
  #place = find("film-body", HTMLElement);
  #notes = find("notes", HTMLElement);
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

  constructor() {
    this.#notes.append(this.#analyses, this.#prompt);
  }

  showPromise() {
    this.#notes.hidden = true;
    this.#place.replaceChildren(...this.#promise ? [this.#promise] : []);
  }

  /**
   * @param {TaskView} task
   * @param {Wishes} wishes
   * @param {Estimate["time"]} usual
   */
  show(task, wishes, usual) {
    this.#arrange(hasEnded(task));
    this.#notes.hidden = false;
    showReview(this.#review, task, wishes);
    showCells(this.#cells, task);
    showOutcome(this.#outcome, task, wishes, usual);
    showStages(this.#stages, task);
    showSteps(this.#steps, task, wishes);
    this.#stages.hidden = task.status === "succeeded";
    showWarnings(this.#warnings, task);
    showPrompt(this.#prompt, task);
    showAnalyses(this.#analyses, task);
  }

  /**
   * @param {TaskView} task
   * @param {number} now milliseconds since 1970
   */
  showTimes(task, now) {
    showStageTimes(this.#stages, task, now);
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
      ? [outcome, this.#warnings, this.#cells, stages]
      : [this.#review, this.#cells, stages, outcome, this.#steps, this.#warnings];
    if (this.#place.firstElementChild !== parts[0]) this.#place.replaceChildren(...parts);
  }
}
