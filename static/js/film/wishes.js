/**
 * What a person can want of a task: the same once more, something changed, another one, or no more of it. Its references
 * are laid on the table again from the service's own copies.
 */
import { reach } from "../access.js";
import { writeChoices } from "../choices.js";
import { find } from "../dom.js";
import { hasEnded } from "../follow.js";
import { speakNoAnswer } from "../problems.js";
import { chosenWay } from "../references/ways.js";
import { cancel } from "../service.js";
import { words } from "../words.js";

export class Wishes {
  #film;
  #table;
  /** What lay on the table for which task: while it is still that, it need not be laid anew. */
  #laid = { id: "", references: /** @type {unknown[]} */ ([]) };
  #isCanceling = false;
  /** While it is, nothing can be sent: what lies on the table is about to be another task's. */
  isLaying = false;

  /**
   * @param {Film} film
   * @param {Table} table
   */
  constructor(film, table) {
    this.#film = film;
    this.#table = table;
  }

  /** @param {TaskView} task was just started here */
  noteStart(task) {
    if (chosenWay() === "files") this.#noteLaid(task);
  }

  /** The empty form, for another video. @param {TaskView} task */
  another(task) {
    this.#film.leave();
    if (!hasEnded(task)) this.#film.say(() => words().startedAnother);
    find("reference_image1", HTMLInputElement).focus();
  }

  /** The same once more. @param {TaskView} task */
  async repeat(task) {
    if (await this.#lay(task)) find("order", HTMLFormElement).requestSubmit();
  }

  /**
   * The same with something changed: all is filled in.
   *
   * @param {TaskView} task
   * @param {"additional_prompt" | "reference_image1"} focus what is most likely changed
   */
  async change(task, focus) {
    if (!await this.#lay(task)) return;
    const place = find(focus, HTMLElement);
    place.focus({ preventScroll: true });
    place.scrollIntoView({ block: "center" });
  }

  /**
   * What a person did has moved the task on; the button that did it is gone, so the focus goes to what came of it.
   *
   * @param {TaskView} task
   */
  movedOn(task) {
    if (!this.#film.shows(task)) return;
    this.#film.take(task);
    (document.getElementById("canceling") ?? find("film", HTMLElement)).focus();
  }

  /** @param {TaskView} task */
  async cancel(task) {
    if (this.#isCanceling) return;
    this.#isCanceling = true;
    this.#film.say(() => words().cancelSent);
    const answer = await cancel(task);
    this.#isCanceling = false;
    if (!this.#film.shows(task)) return;
    this.#film.say(() => "");
    if (answer.kind === "task") return this.movedOn(answer.task);
    this.#film.say(() => speakNoAnswer(answer).text);
    find("film-notice", HTMLElement).scrollIntoView({ block: "nearest" });
  }

  /**
   * Fills the form as it was for the task, and leaves the film.
   *
   * @param {TaskView} task
   * @returns {Promise<boolean>} whether its references lie on the table
   */
  async #lay(task) {
    if (!this.#isStillLaid(task)) {
      this.#film.say(() => words().restoring);
      this.isLaying = true;
      const files = await fetchReferences(task);
      this.isLaying = false;
      if (!this.#film.shows(task)) return false;
      if (files === "silent") {
        this.#film.say(() => words().troubles.silent);
        return false;
      }
      for (const place of [...this.#table.prints.keys(), /** @type {const} */ ("sample")]) this.#table.remove(place);
      await this.#table.lay(files, null);
      this.#noteLaid(task);
    }
    const isThere = !this.#table.isEmpty;
    find("files", HTMLInputElement).click();
    writeChoices(task.request);
    this.#film.leave();
    this.#film.say(() => isThere ? words().restored : words().notRestored);
    return isThere;
  }

  /** @param {TaskView} task was made from what lies on the table now */
  #noteLaid({ task_id }) {
    this.#laid = { id: task_id, references: [...this.#table.prints, this.#table.sample] };
  }

  /** @param {TaskView} task */
  #isStillLaid({ task_id }) {
    const { prints, sample } = this.#table;
    return this.#laid.id === task_id && [...prints, sample].every((laid, at) => laid === this.#laid.references[at]);
  }
}

/**
 * @param {TaskView} task
 * @returns {Promise<File[] | "silent">} none when one is no longer stored; `silent` when nobody answers
 */
async function fetchReferences({ references: { images, video } }) {
  /** @type {File[]} */
  const files = [];
  for (const { url, content_type: type } of [...images, ...video ? [video] : []]) {
    const response = await reach(url).catch(() => null);
    if (response && !response.ok && response.status < 500) return [];
    const blob = response?.ok && await response.blob().catch(() => null);
    if (!blob) return "silent";
    files.push(new File([blob], `reference-${files.length + 1}.${type.split("/")[1]}`, { type }));
  }
  return files;
}
