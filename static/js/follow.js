/**
 * Follows a task to its end: by its server-sent events, and by asking for its status wherever they do not come through.
 * A lost connection or a failing service says nothing about the task, so asking goes on, at growing distances and at once
 * when the connection or the reader is back.
 *
 * Which task it is stands in the page's address, so that it can be kept and sent on, and in the browser's store, so that a
 * closed tab comes back to it.
 */
import { setClock } from "./numbers.js";
import { isTask } from "./service.js";

/** When the service does not say: about as often as something changes. */
const pauseMs = 2_000;
/** After a failure the pause doubles up to this: a minute's outage costs few requests, and its end is soon noticed. */
const pauseMaximumMs = 15_000;
/** While events are on their way, which begin with the task as it is: a proxy that holds them back is found out soon. */
const pauseConnectingMs = 5_000;
/** While events come: only for the connection that died without a word. */
const pauseLiveMs = 30_000;

/** @param {{ status: string }} task */
export function hasEnded({ status }) {
  return status === "succeeded" || status === "failed" || status === "canceled";
}

/**
 * @param {string} id
 * @param {Listener} listener
 * @returns {() => void} ends the following
 */
export function follow(id, listener) {
  const following = new Following(id, listener);
  return () => following.stop();
}

class Following {
  #address;
  #id;
  #listener;
  #etag = "";
  #failures = 0;
  #stopped = new AbortController();
  #wake = () => {};
  /** @type {EventSource | null} */
  #events = null;
  /** How long events are relied on before the next look; 0 while they are not. */
  #reliedOnMs = 0;

  /**
   * @param {string} id
   * @param {Listener} listener
   */
  constructor(id, listener) {
    this.#id = id;
    this.#address = `/veo31/status/${encodeURIComponent(id)}`;
    this.#listener = listener;
    const { signal } = this.#stopped;
    for (const kind of ["online", "offline"]) addEventListener(kind, () => this.#wake(), { signal });
    document.addEventListener("visibilitychange", () => document.hidden || this.#wake(), { signal });
    this.#run();
  }

  stop() {
    this.#stopped.abort();
    this.#events?.close();
    this.#wake();
  }

  async #run() {
    while (!this.#stopped.signal.aborted) {
      const wait = await this.#look();
      // Not at once aborted: what is woken asks, and asking is what ends the loop.
      if (!this.#stopped.signal.aborted) await this.#pause(wait);
    }
  }

  /** @returns {Promise<number>} how long to wait before the next look, milliseconds */
  async #look() {
    const answer = await this.#ask();
    if (this.#stopped.signal.aborted) return 0;
    if (answer === "gone") {
      this.stop();
      this.#listener.gone();
      return 0;
    }
    if (answer === "offline" || answer === "silent") {
      this.#failures++;
      this.#listener.trouble(answer);
      return Math.min(pauseMs * 2 ** this.#failures, pauseMaximumMs);
    }
    if (answer.task) this.#take(answer.task);
    else this.#recover();
    if (!this.#stopped.signal.aborted) this.#listen();
    return Math.max(this.#reliedOnMs, answer.pauseMs);
  }

  /** @param {TaskView} task */
  #take(task) {
    this.#recover();
    if (hasEnded(task)) this.stop();
    this.#listener.changed(task);
  }

  #recover() {
    if (this.#failures > 0) this.#listener.trouble(null);
    this.#failures = 0;
  }

  /** The browser connects again by itself, unless it was told that there is nothing to connect to. */
  #listen() {
    if (this.#events && this.#events.readyState !== EventSource.CLOSED) return;
    const events = new EventSource(`${this.#address}/events`);
    this.#events = events;
    this.#reliedOnMs = pauseConnectingMs;
    let hasTold = false;
    events.addEventListener("open", () => this.#reliedOnMs = hasTold ? pauseLiveMs : pauseConnectingMs);
    events.addEventListener("message", ({ data, lastEventId }) => {
      hasTold = true;
      this.#reliedOnMs = pauseLiveMs;
      // Each event has the number that is the status's tag, so that asking next brings only what is newer.
      this.#etag = `"${lastEventId}"`;
      /** @type {unknown} */
      const task = JSON.parse(data);
      if (isTask(task)) this.#take(task);
    });
    events.addEventListener("error", () => {
      // Asking tells whether the connection, the service or the task is gone.
      if (this.#reliedOnMs === pauseLiveMs) this.#wake();
      this.#reliedOnMs = 0;
    });
  }

  /** @returns {Promise<{ task: TaskView | null, pauseMs: number } | Trouble | "gone">} no task: nothing new */
  async #ask() {
    try {
      const headers = { Accept: "application/json", ...(this.#etag && { "If-None-Match": this.#etag }) };
      const response = await fetch(this.#address, { headers, signal: this.#stopped.signal, cache: "no-store" });
      const pause = Number(response.headers.get("Retry-After")) * 1_000 || pauseMs;
      setClock(response.headers.get("Date"));
      if (response.status === 304) return { task: null, pauseMs: pause };
      if (response.status === 404 || response.status === 410) return "gone";
      /** @type {unknown} */
      const task = await response.json();
      if (!response.ok || !isTask(task) || task.task_id !== this.#id) return "silent";
      this.#etag = response.headers.get("ETag") ?? "";
      return { task, pauseMs: pause };
    } catch (error) {
      // An answer that is no JSON came from a proxy; anything else that throws is the connection.
      return error instanceof SyntaxError ? "silent" : "offline";
    }
  }

  /**
   * @param {number} milliseconds
   * @returns {Promise<void>} ends early when woken
   */
  #pause(milliseconds) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

const storageKey = "veo31.task";
const idForm = /^[\w-]{1,64}$/;

/**
 * @param {boolean} orStored the browser's store counts, too
 * @returns {string | null} the task's id
 */
export function recallTask(orStored = false) {
  const named = location.hash.startsWith("#task=") ? location.hash.slice("#task=".length) : null;
  const id = named ?? (orStored ? readStored() : null);
  return id !== null && idForm.test(id) ? id : null;
}

/** @param {string} id */
export function rememberTask(id) {
  const hash = `#task=${id}`;
  // A task that comes from the store was not gone to from anywhere.
  if (location.hash !== hash) go(hash, readStored() === id);
  store(id);
}

/** @param {boolean} isGone no way back to it is kept */
export function forgetTask(isGone) {
  if (location.hash !== "") go(location.pathname, isGone);
  store(null);
}

/**
 * @param {string} address
 * @param {boolean} inPlace without a way back
 */
function go(address, inPlace) {
  if (inPlace) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
}

function readStored() {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return null;
  }
}

/** @param {string | null} id */
function store(id) {
  try {
    if (id === null) localStorage.removeItem(storageKey);
    else localStorage.setItem(storageKey, id);
  } catch {
    // The address still holds the task.
  }
}
