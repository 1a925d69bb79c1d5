/**
 * What a person can want of a task: the same once more, something changed, another one, or no more of it. Its references
 * are laid on the table again from the service's own copies.
 */
import { writeChoices } from "../choices.js";
import { find } from "../dom.js";
import { hasEnded } from "../follow.js";
import { speakProblem } from "../problems.js";
import { cancel } from "../service.js";
import { words } from "../words.js";

export class Wishes {
  #film;
  #table;
  /** What lay on the table for which task: while it is still that, it need not be laid anew. */
  #laid = { id: "", references: /** @type {unknown[]} */ ([]) };

  /**
   * @param {Film} film
   * @param {Table} table
   */
  constructor(film, table) {
    this.#film = film;
    this.#table = table;
  }

  /** @param {TaskView} task was made from what lies on the table now */
  noteLaid({ task_id }) {
    this.#laid = { id: task_id, references: [...this.#table.prints, this.#table.sample] };
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
    await this.#lay(task);
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
    this.#film.take(task);
    (document.getElementById("canceling") ?? find("film", HTMLElement)).focus();
  }

  /** @param {TaskView} task */
  async cancel(task) {
    this.#film.say(() => words().cancelSent);
    const answer = await cancel(task);
    this.#film.say(() => "");
    if (answer.kind === "task") return this.movedOn(answer.task);
    if (answer.kind === "refused") this.#film.say(() => speakProblem(answer.problem).text);
    else this.#film.say(() => answer.kind === "silent" ? words().serviceSilent : words().strangeAnswer);
    find("film-notice", HTMLElement).scrollIntoView({ block: "nearest" });
  }

  /**
   * Empties the film's place, and fills the form as it was for the task.
   *
   * @param {TaskView} task
   * @returns {Promise<boolean>} whether its references lie on the table
   */
  async #lay(task) {
    this.#film.leave();
    writeChoices(task.request);
    if (this.#isStillLaid(task)) return true;
    this.#film.say(() => words().restoring);
    const isRestored = await restoreReferences(task, this.#table);
    if (isRestored) this.noteLaid(task);
    this.#film.say(() => isRestored ? words().restored : words().notRestored);
    return isRestored;
  }

  /** @param {TaskView} task */
  #isStillLaid({ task_id }) {
    const { prints, sample } = this.#table;
    return this.#laid.id === task_id && [...prints, sample].every((laid, at) => laid === this.#laid.references[at]);
  }
}

/**
 * @param {TaskView} task
 * @param {Table} table
 * @returns {Promise<boolean>} false when a copy is no longer there
 */
export async function restoreReferences(task, table) {
  const { images, video } = task.references;
  try {
    const files = await Promise.all([...images, ...video ? [video] : []].map(fetchFile));
    for (const place of [...table.prints.keys(), /** @type {const} */ ("sample")]) table.remove(place);
    find("files", HTMLInputElement).click();
    await table.lay(files, null);
    return true;
  } catch {
    return false;
  }
}

/**
 * @param {{ url: string, content_type: string }} reference
 * @param {number} index
 */
async function fetchFile({ url, content_type }, index) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`The copy of reference ${index + 1} answered ${response.status}.`);
  const extension = content_type.split("/")[1] ?? "";
  return new File([await response.blob()], `reference-${index + 1}.${extension}`, { type: content_type });
}
