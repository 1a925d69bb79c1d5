/** The tasks of this browser as a contact sheet: to open, search, delete. */
import { onKey, reach } from "../access.js";
import { announce, button, element, fill, find } from "../dom.js";
import { forgetTask, hasEnded, recallTask } from "../follow.js";
import { now, seconds } from "../numbers.js";
import { isTask } from "../service.js";
import { inEveryLanguage, language, locale, words } from "../words.js";
import { en } from "../words/en.js";
import { ru } from "../words/ru.js";
import { makePoster, pastTask, readTasks, storeTasks } from "./past-tasks.js";

/** Three are seen at a glance. */
const searchedFrom = 4;

const film = find("film", HTMLElement);
const list = find("history-list", HTMLElement);
const search = find("history-search", HTMLInputElement);

let tasks = readTasks();

export function wireHistory() {
  inEveryLanguage(show);
  search.addEventListener("input", show);
  list.addEventListener("focusout", () => setTimeout(show));
  // There the film says what it shows.
  new MutationObserver(show).observe(document.body, { attributeFilter: ["data-film"] });
  addEventListener("storage", () => {
    const wasListed = tasks.some(isOpen);
    tasks = readTasks();
    // Deleted in another tab.
    if (wasListed && !tasks.some(isOpen)) leaveFilm();
    show();
  });
  document.addEventListener("visibilitychange", askAgain);
  onKey("taken", askAgain);
  askAgain();
}

/** @param {TaskView} task */
export function note(task) {
  const news = pastTask(task);
  const before = tasks.find(({ id }) => id === news.id);
  // An answer that was overtaken by a newer one.
  if (before && before.updated_at > news.updated_at) return;
  news.poster = before?.poster ?? "";
  keep([news, ...tasks.filter((known) => known !== before)].sort((a, b) => a.created_at < b.created_at ? 1 : -1));
  if (news.poster && (news.status !== "succeeded" || before?.status === news.status)) return;
  // Without one its cell stays dark.
  makePoster(task).then((poster) => change(news.id, { poster }), () => {});
}

/** @param {PastTask[]} changed */
function keep(changed) {
  tasks = changed;
  storeTasks(tasks);
  show();
}

/**
 * @param {string} id
 * @param {Partial<PastTask>} news
 */
function change(id, news) {
  keep(tasks.map((task) => task.id === id ? { ...task, ...news } : task));
}

function askAgain() {
  if (document.hidden) return;
  for (const task of tasks) if (!isGone(task) && (!hasEnded(task) || isOpen(task))) ask(task.id);
}

/** @param {string} id */
async function ask(id) {
  const response = await reach(`/veo31/status/${id}`).catch(() => null);
  if (response?.status === 404) change(id, { expires_at: "" });
  /** @type {unknown} */
  const task = response?.ok ? await response.json().catch(() => null) : null;
  // Deleted here meanwhile, it does not come back.
  if (isTask(task) && tasks.some((known) => known.id === id)) note(task);
}

/** @param {PastTask} task */
function isOpen({ id }) {
  return id === recallTask();
}

/** As if the reader had gone back. */
function leaveFilm() {
  forgetTask(true);
  dispatchEvent(new Event("popstate"));
}

/** @param {PastTask} task */
function isGone({ expires_at }) {
  return !(Date.parse(expires_at) > now());
}

function show() {
  const known = tasks.map((task) => [task.id, task.status, task.subject, task.poster.length, isGone(task)]);
  // What has the focus is not taken away.
  if (!list.matches(":focus-within")) fill(list, [language(), recallTask(), known].join(), () => tasks.map(cell));
  search.hidden = tasks.length < searchedFrom;
  const wanted = search.hidden ? "" : search.value.trim().toLowerCase();
  for (const each of list.querySelectorAll("li")) {
    each.hidden = !wanted.split(/\s+/).every((word) => each.dataset["text"]?.includes(word));
  }
  const found = foundCells().length;
  const result = found ? words().countOf(`${found}`, `${tasks.length}`) : words().nothingFound;
  find("history-found", HTMLElement).textContent = wanted && result;
  find("history", HTMLElement).hidden = tasks.length === 0;
}

function foundCells() {
  return [...list.querySelectorAll("li")].filter(({ hidden }) => !hidden);
}

/** @param {PastTask} task */
function cell(task) {
  const { request, subject } = task;
  const { name, facts } = wordsOf(task);
  const found = [name, subject, facts, en.page[request.use_case], ru.page[request.use_case]].join(" ");
  return element(
    "li",
    { "data-text": found.toLowerCase() },
    way(task),
    isGone(task) ? forgetting(task) : removal(task),
  );
}

/**
 * What it is, in the person's own words where there are some; and what it became.
 *
 * @param {PastTask} task
 */
function wordsOf(task) {
  const { status, created_at, request, subject } = task;
  const day = new Date(created_at).toLocaleDateString(locale(), { dateStyle: "medium" });
  const state = isGone(task) ? words().gone : status === "succeeded" ? "" : words().statuses[status];
  const facts = [state, seconds(request.duration_seconds), request.aspect_ratio, day];
  return {
    name: request.additional_prompt || subject || words().page[request.use_case],
    facts: facts.filter(Boolean).join(" · "),
  };
}

/** For a label, which cannot mark that a subject is English. @param {PastTask} task */
function spokenName({ request }) {
  return request.additional_prompt || words().page[request.use_case];
}

/** @param {PastTask} task */
function way(task) {
  const { id, status, subject, poster } = task;
  const { name, facts } = wordsOf(task);
  const isGoneNow = isGone(task);
  const picture = element("img", { src: poster, alt: "", class: status === "succeeded" ? "" : "negative" });
  const link = element(
    "a",
    { href: isGoneNow ? null : `#task=${id}`, "aria-current": isOpen(task) && "true" },
    element("span", { class: "cell-frame" }, picture),
    element("span", { class: "title", lang: name === subject && "en" }, name),
    element("small", {}, facts),
  );
  link.addEventListener("click", (event) => {
    // Into another tab it takes nobody along.
    if (isGoneNow || event.ctrlKey || event.metaKey || event.shiftKey) return;
    film.focus();
    film.scrollIntoView();
    ask(id);
  });
  return link;
}

/**
 * Asks once: a second press of the same key closes the question.
 *
 * @param {PastTask} task
 */
function removal(task) {
  const say = words();
  const question = [say.deleteQuestion, hasEnded(task) ? "" : say.deletePaid];
  const text = element("p", { class: "said", role: "alert" }, ...question);
  const name = `${say.delete}: ${spokenName(task)}`;
  return element(
    "details",
    {},
    element("summary", { class: "quiet", "aria-label": name }, say.delete),
    text,
    button("quiet", say.deleteForGood, async (pressed) => {
      const response = await reach(`/veo31/tasks/${task.id}`, { method: "DELETE" }).catch(() => null);
      if (response?.ok || response?.status === 404) forget(task, pressed);
      else text.textContent = response?.status === 401 ? say.keyFirst : say.notDeleted;
    }),
  );
}

/** @param {PastTask} task is no longer kept, and only leaves the list */
function forgetting(task) {
  const made = button("quiet", words().forget, (pressed) => forget(task, pressed));
  made.setAttribute("aria-label", `${words().forget}: ${spokenName(task)}`);
  return made;
}

/**
 * @param {PastTask} task
 * @param {HTMLElement} pressed in its cell
 */
function forget(task, pressed) {
  const item = pressed.closest("li");
  const at = foundCells().findIndex((found) => found === item);
  item?.remove();
  keep(tasks.filter(({ id }) => id !== task.id));
  if (isOpen(task)) leaveFilm();
  const next = foundCells()[at] ?? foundCells().at(-1);
  (next?.querySelector("summary") ?? next?.querySelector("button") ?? film).focus();
  announce(`${words().deleted}: ${spokenName(task)}`);
}
