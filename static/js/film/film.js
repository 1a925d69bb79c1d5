/** The film's place: empty, following a task, or showing how it ended. */
import { readChoices, writeChoices } from "../choices.js";
import { announce, find, isStill, write } from "../dom.js";
import { askUsualTime } from "../estimate.js";
import { follow, forgetTask, hasEnded, recallTask, rememberTask } from "../follow.js";
import { now } from "../numbers.js";
import { noteSandbox } from "../offer.js";
import { inEveryLanguage, words } from "../words.js";
import { Body } from "./body.js";
import { newsOf, tellOutside } from "./making.js";
import { hideStrip, showEmptyStrip, showMaking, showTotalTime, showVideo } from "./strip.js";
import { Wishes } from "./wishes.js";

const tickMs = 1_000;

export class Film {
  /** @type {string | null} */
  #id = null;
  /** @type {TaskView | null} */
  #task = null;
  /** A remembered task of which nothing was heard yet; over at the first trouble, so that the form is not blocked. */
  #isRecalling = false;
  /** @type {() => string} */
  #notice = () => "";
  #stopFollowing = () => {};
  /** Whether nothing was done in this page yet, so that the form may show what a remembered task was asked with. */
  #isFresh = true;
  /** How long videos like this one take here; null while that is not known. @type {Estimate["time"]} */
  #usual = null;

  #body = new Body();
  #table;
  #noted;
  #wishes;

  /**
   * @param {Table} table
   * @param {(task: TaskView) => void} noted called with each new state of the task that is followed
   */
  constructor(table, noted) {
    this.#table = table;
    this.#noted = noted;
    this.#wishes = new Wishes(this, table);
    inEveryLanguage(() => this.#show());
    for (const kind of ["input", "change"]) {
      find("order", HTMLFormElement).addEventListener(kind, () => this.#task ?? showEmptyStrip(readChoices()));
    }
    setInterval(() => this.#showTimes(), tickMs);
    for (const kind of ["hashchange", "popstate"]) addEventListener(kind, () => this.resume());
  }

  /** Whether a task is under way that this page follows, or is about to find. */
  isBusy = () => this.#wishes.isLaying || (this.#task === null ? this.#isRecalling : !hasEnded(this.#task));

  /**
   * A task that was just started here.
   *
   * @param {TaskView} task
   */
  start = (task) => {
    this.#follow(task.task_id);
    this.#wishes.noteStart(task);
    this.take(task);
    const place = find("film", HTMLElement);
    place.focus({ preventScroll: true });
    if (place.getBoundingClientRect().top > innerHeight / 2) {
      place.scrollIntoView({ behavior: isStill() ? "auto" : "smooth" });
    }
  };

  /**
   * The task that the page's address names, if any.
   *
   * @param {boolean} isFirst a page that was just opened comes back to the task of before
   */
  resume(isFirst = false) {
    const id = recallTask(isFirst);
    if (id === null) this.#isFresh = false;
    if (id === this.#id) return;
    if (id === null) this.leave();
    else this.#follow(id);
  }

  /** @param {TaskView} task a state of the followed task, from wherever it came */
  take(task) {
    if (!this.shows(task)) return;
    // An answer that was overtaken by a newer one.
    if (this.#task && task.updated_at < this.#task.updated_at) return;
    const before = this.#task;
    const isNewStage = before?.status !== task.status;
    const news = newsOf(task, isNewStage, before?.waiting?.reason);
    if (news) announce(news);
    if (isNewStage) this.say(() => "");
    this.#task = task;
    if (this.#isFresh && this.#table.isEmpty) writeChoices(task.request);
    this.#isFresh = false;
    if (before === null && !hasEnded(task)) this.#askUsualTime(task);
    if (task.sandbox) noteSandbox();
    this.#show();
    this.#noted(task);
    if (before && isNewStage) tellOutside(task);
  }

  /** @param {() => string} notice what to say under the strip, in whichever language */
  say(notice) {
    this.#notice = notice;
    write("film-notice", notice());
  }

  /** Whether it is this task that is shown. @param {TaskView} task */
  shows({ task_id }) {
    return task_id === this.#id;
  }

  /**
   * Follows nothing any more.
   *
   * @param {boolean} isGone the way back leads to nothing
   */
  leave(isGone = false) {
    this.#stopFollowing();
    this.#isRecalling = false;
    this.#id = null;
    this.#task = null;
    forgetTask(isGone);
    this.say(() => "");
    this.#show();
  }

  /** @param {string} id */
  #follow(id) {
    this.#stopFollowing();
    this.#task = null;
    this.#usual = null;
    this.#id = id;
    this.#isRecalling = true;
    this.say(() => "");
    rememberTask(id);
    this.#stopFollowing = follow(id, {
      changed: (task) => this.take(task),
      trouble: (trouble) => this.#tell(trouble),
      gone: () => {
        this.leave(true);
        this.say(() => words().taskGone);
      },
    });
    this.#show();
  }

  /** @param {TaskView} task */
  async #askUsualTime({ task_id, request }) {
    const usual = await askUsualTime(request);
    if (task_id !== this.#id) return;
    this.#usual = usual;
    this.#show();
  }

  /** @param {Trouble | null} trouble */
  #tell(trouble) {
    if (trouble && this.#isRecalling && this.#task === null) {
      this.#isRecalling = false;
      this.#show();
    }
    this.say(() => trouble ? words().troubles[trouble] : "");
  }

  #show() {
    const task = this.#task;
    const busy = this.isBusy();
    document.body.dataset["film"] = task?.status ?? (busy ? "recalled" : "empty");
    document.title = [task && words().statuses[task.status], words().page.headline].filter(Boolean).join(" · ");
    const make = find("make", HTMLButtonElement);
    make.setAttribute("aria-disabled", String(busy));
    make.textContent = !busy
      ? words().page.make
      : task?.status === "awaiting_approval"
      ? words().promptWaits
      : words().alreadyMaking;
    this.say(this.#notice);
    if (task) return this.#showTask(task);
    if (!busy) this.#body.showPromise();
    showEmptyStrip(readChoices());
  }

  /** @param {TaskView} task */
  #showTask(task) {
    const address = task.step3_video_generation?.video_url;
    if (task.status === "awaiting_approval") hideStrip();
    else if (!hasEnded(task)) showMaking(task);
    else if (address) showVideo(task, address, () => this.say(() => words().videoGone));
    else hideStrip();
    this.#body.show(task, this.#wishes, this.#usual);
    this.#showTimes();
  }

  #showTimes() {
    if (!this.#task) return;
    this.#body.showTimes(this.#task, now());
    if (!hasEnded(this.#task)) showTotalTime(this.#task, now());
  }
}
