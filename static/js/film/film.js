/** The film's place: empty, following a task, or showing how it ended. */
import { noteSandbox } from "../banner.js";
import { readChoices, writeChoices } from "../choices.js";
import { announce, find, isStill } from "../dom.js";
import { Body } from "./body.js";
import { restoreReferences } from "./restore.js";
import { newsOf } from "./stages.js";
import { hideStrip, showEmptyStrip, showMaking, showTotalTime, showVideo } from "./strip.js";
import { follow, hasEnded } from "../follow.js";
import { speakProblem } from "../problems.js";
import { cancel } from "../service.js";
import { forgetTask, recallTask, rememberTask } from "../task-memory.js";
import { inEveryLanguage, words } from "../words.js";

/** @import { Trouble } from "../follow.js" */
/** @import { Table } from "../references/table.js" */
/** @import { Memory } from "../task-memory.js" */
/** @import { TaskView } from "../types.js" */

const tickMs = 1_000;

export class Film {
  /** @type {Table} */
  #table;
  /** @type {Memory | null} */
  #memory = null;
  /** @type {TaskView | null} */
  #task = null;
  /** A remembered task of which nothing was heard yet; over at the first trouble, so that the form is not blocked. */
  #isRecalling = false;
  /** @type {() => string} */
  #notice = () => "";
  #stopFollowing = () => {};

  #body = new Body();

  /** @param {Table} table */
  constructor(table) {
    this.#table = table;
    inEveryLanguage(() => this.#show());
    for (const kind of ["input", "change"]) {
      find("order", HTMLFormElement).addEventListener(kind, () => this.#task ?? showEmptyStrip(readChoices()));
    }
    setInterval(() => this.#showTimes(), tickMs);
    addEventListener("hashchange", () => this.resume());
    addEventListener("popstate", () => this.resume());
  }

  /** Whether a task is under way that this page follows, or is about to find. */
  isBusy = () => this.#task === null ? this.#isRecalling : !hasEnded(this.#task);

  /**
   * A task that was just started here.
   *
   * @param {TaskView} task
   */
  start = (task) => {
    this.#follow({ id: task.task_id, seen: {} });
    this.#take(task);
    const place = find("film", HTMLElement);
    place.focus({ preventScroll: true });
    if (place.getBoundingClientRect().top > innerHeight / 2) {
      place.scrollIntoView({ behavior: isStill() ? "auto" : "smooth" });
    }
  };

  /** The task that the page's address or the browser remembers, if any. */
  resume() {
    const memory = recallTask();
    if (memory?.id === this.#memory?.id) return;
    if (memory) this.#follow(memory);
    else this.#reset();
  }

  /** @param {Memory} memory */
  #follow(memory) {
    this.#stopFollowing();
    this.#task = null;
    this.#memory = memory;
    this.#isRecalling = true;
    this.#notice = () => "";
    rememberTask(memory);
    this.#stopFollowing = follow(memory.id, {
      changed: (task) => this.#take(task),
      trouble: (trouble) => this.#tell(trouble),
      gone: () => {
        this.#reset();
        this.#say(() => words().taskGone);
      },
    });
    this.#show();
  }

  /** @param {TaskView} task */
  #take(task) {
    const memory = this.#memory;
    if (!memory || task.task_id !== memory.id) return;
    // An answer that was overtaken by a newer one.
    if (this.#task && task.updated_at < this.#task.updated_at) return;
    const isFirst = this.#task === null;
    const isNewStage = memory.seen[task.status] === undefined;
    if (isNewStage) {
      memory.seen[task.status] = Date.now();
      rememberTask(memory);
    }
    const news = newsOf(task, isNewStage, this.#task?.waiting?.reason, Date.now());
    if (news) announce(news);
    if (this.#task?.status !== task.status) this.#say(() => "");
    this.#task = task;
    if (isFirst && this.#table.isEmpty) writeChoices(task.request);
    if (task.sandbox) noteSandbox();
    this.#show();
  }

  /** @param {Trouble | null} trouble */
  #tell(trouble) {
    if (trouble && this.#isRecalling && this.#task === null) {
      this.#isRecalling = false;
      this.#show();
    }
    if (trouble === "offline") this.#say(() => words().lostConnection);
    else if (trouble === "silent") this.#say(() => words().serviceSilent);
    else this.#say(() => "");
  }

  /** @param {() => string} notice */
  #say(notice) {
    this.#notice = notice;
    const line = find("film-notice", HTMLElement);
    if (line.textContent !== notice()) line.textContent = notice();
  }

  #reset() {
    this.#stopFollowing();
    this.#isRecalling = false;
    this.#memory = null;
    this.#task = null;
    forgetTask();
    this.#say(() => "");
    this.#show();
  }

  #show() {
    const task = this.#task;
    const busy = this.isBusy();
    document.body.dataset["film"] = task?.status ?? (busy ? "recalled" : "empty");
    const make = find("make", HTMLButtonElement);
    make.setAttribute("aria-disabled", String(busy));
    make.textContent = !busy
      ? words().page.make
      : task?.status === "awaiting_approval"
      ? words().promptWaits
      : words().alreadyMaking;
    this.#say(this.#notice);
    if (task && this.#memory) return this.#showTask(task, this.#memory);
    if (!busy) this.#body.showPromise();
    showEmptyStrip(readChoices());
  }

  /**
   * @param {TaskView} task
   * @param {Memory} memory
   */
  #showTask(task, memory) {
    const address = task.step3_video_generation?.video_url;
    if (task.status === "awaiting_approval") hideStrip();
    else if (!hasEnded(task)) showMaking(task);
    else if (address) showVideo(task, address, () => this.#say(() => words().videoGone));
    else hideStrip();
    this.#body.show(task, memory, {
      another: () => this.#another(task),
      repeat: () => this.#repeat(task),
      change: (focus) => this.#change(task, focus),
      changed: (newer) => this.#moveOn(newer),
      cancel: () => this.#cancel(task),
    });
    this.#showTimes();
  }

  #showTimes() {
    if (!this.#task || !this.#memory) return;
    this.#body.showTimes(this.#task, this.#memory, Date.now());
    if (!hasEnded(this.#task)) showTotalTime(this.#task, Date.now());
  }

  /** @param {TaskView} task */
  #another(task) {
    const isRunning = !hasEnded(task);
    this.#reset();
    if (isRunning) this.#say(() => words().startedAnother);
    find("reference_image1", HTMLInputElement).focus();
  }

  /**
   * What a person did has moved the task on; the button that did it is gone, so the focus goes to what came of it.
   *
   * @param {TaskView} task
   */
  #moveOn(task) {
    this.#take(task);
    (document.getElementById("canceling") ?? find("film", HTMLElement)).focus();
  }

  /** @param {TaskView} task */
  async #cancel(task) {
    this.#say(() => words().cancelSent);
    const answer = await cancel(task);
    if (this.#task?.task_id !== task.task_id) return;
    this.#say(() => "");
    if (answer.kind === "task") return this.#moveOn(answer.task);
    if (answer.kind === "refused") this.#say(() => speakProblem(answer.problem).text);
    else this.#say(() => answer.kind === "silent" ? words().serviceSilent : words().strangeAnswer);
    find("film-notice", HTMLElement).scrollIntoView({ block: "nearest" });
  }

  /** @param {TaskView} task */
  async #repeat(task) {
    writeChoices(task.request);
    if (await this.#lay(task)) find("order", HTMLFormElement).requestSubmit();
  }

  /**
   * @param {TaskView} task
   * @param {"references" | "words"} focus
   */
  async #change(task, focus) {
    await this.#lay(task);
    find(focus === "words" ? "additional_prompt" : "reference_image1", HTMLElement).focus();
  }

  /**
   * Empties the film's place and sees to it that the task's references lie on the table.
   *
   * @param {TaskView} task
   * @returns {Promise<boolean>} whether they do
   */
  async #lay(task) {
    this.#reset();
    if (!this.#table.isEmpty) return true;
    writeChoices(task.request);
    this.#say(() => words().restoring);
    const isRestored = await restoreReferences(task, this.#table);
    this.#say(() => isRestored ? words().restored : words().notRestored);
    return isRestored;
  }
}
