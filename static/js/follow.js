/**
 * Follows a task to its end: by its server-sent events, and by asking for its status wherever they do not come through.
 * A lost connection, a failing service or a key that is wanted says nothing about the task, so asking goes on, at growing
 * distances and at once when the connection, the reader or a key is back.
 *
 * Which task it is stands in the page's address, so that it can be kept and sent on, and in the browser's store, so that a
 * closed tab comes back to it.
 */
import { onKey, reach } from "./access.js";
import { setClock } from "./numbers.js";
import { isTask } from "./service.js";
import { keep, recall } from "./store.js";

/** When the service does not say: about as often as something changes. */
const pauseMs = 2_000;
/** After a failure the pause doubles up to this: an outage costs few requests. */
const pauseMaximumMs = 15_000;
/** Events begin with the task as it is: a proxy that holds them back is found out soon. */
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
  #isListening = false;
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
    onKey("taken", () => this.#wake(), signal);
    this.#run();
  }

  stop() {
    this.#stopped.abort();
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
    const { task, trouble, waitMs } = await this.#ask();
    if (this.#stopped.signal.aborted) return 0;
    if (trouble === "gone") {
      this.stop();
      this.#listener.gone();
      return 0;
    }
    if (trouble) {
      this.#failures++;
      this.#listener.trouble(trouble);
      return Math.max(waitMs, Math.min(pauseMs * 2 ** this.#failures, pauseMaximumMs));
    }
    if (task) this.#take(task);
    else this.#recover();
    if (!this.#stopped.signal.aborted) this.#listen();
    return Math.max(this.#reliedOnMs, waitMs);
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

  /** Until they end; the next look begins again. */
  async #listen() {
    if (this.#isListening) return;
    this.#isListening = true;
    this.#reliedOnMs = pauseConnectingMs;
    try {
      const { body } = await reach(`${this.#address}/events`, { signal: this.#stopped.signal });
      if (body) await this.#hear(body.pipeThrough(new TextDecoderStream()).getReader());
    } catch {
      // Asking tells whether the connection, the service or the task is gone.
    }
    if (this.#reliedOnMs === pauseLiveMs) setTimeout(() => this.#wake(), pauseMs);
    this.#reliedOnMs = 0;
    this.#isListening = false;
  }

  /**
   * Read by hand, because an EventSource sends no key: each event is a number and, in one line, the task.
   *
   * @param {ReadableStreamDefaultReader<string>} reader
   */
  async #hear(reader) {
    for (let heard = "";;) {
      const { done, value } = await reader.read();
      if (done) return;
      const events = (heard + value).split("\n\n");
      heard = events.pop() ?? "";
      for (const event of events) {
        const [, number, data] = /^id: (\d+)\ndata: (.*)$/.exec(event) ?? [];
        // Anything else keeps the connection alive.
        if (!data) continue;
        this.#reliedOnMs = pauseLiveMs;
        // The number is the status's tag, too: asking next brings only what is newer.
        this.#etag = `"${number}"`;
        /** @type {unknown} */
        const task = JSON.parse(data);
        if (isTask(task)) this.#take(task);
      }
    }
  }

  /** @returns {Promise<{ task?: TaskView, trouble?: Trouble | "gone", waitMs: number }>} neither: nothing new */
  async #ask() {
    let waitMs = pauseMs;
    try {
      const headers = { Accept: "application/json", ...(this.#etag && { "If-None-Match": this.#etag }) };
      const response = await reach(this.#address, { headers, signal: this.#stopped.signal });
      const { status } = response;
      waitMs = Number(response.headers.get("Retry-After")) * 1_000 || pauseMs;
      setClock(response.headers.get("Date"));
      if (status === 304) return { waitMs };
      if (status === 404 || status === 410) return { trouble: "gone", waitMs };
      if (status === 401) return { trouble: "unauthorized", waitMs };
      if (status === 429) return { trouble: "rate_limited", waitMs };
      /** @type {unknown} */
      const task = await response.json();
      if (!response.ok || !isTask(task) || task.task_id !== this.#id) return { trouble: "silent", waitMs };
      this.#etag = response.headers.get("ETag") ?? "";
      return { task, waitMs };
    } catch (error) {
      // What is no JSON came from a proxy; anything else that throws is the connection.
      return { trouble: error instanceof SyntaxError ? "silent" : "offline", waitMs };
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

const idForm = /^[\w-]{1,64}$/;

/**
 * @param {boolean} orStored the browser's store counts, too
 * @returns {string | null} the task's id
 */
export function recallTask(orStored = false) {
  const named = location.hash.startsWith("#task=") ? location.hash.slice("#task=".length) : null;
  const id = named ?? (orStored ? recall("task") : "");
  return idForm.test(id) ? id : null;
}

/** @param {string} id */
export function rememberTask(id) {
  const hash = `#task=${id}`;
  // A task that comes from the store was not gone to from anywhere.
  if (location.hash !== hash) go(hash, recall("task") === id);
  keep("task", id);
}

/** @param {boolean} isGone no way back to it is kept */
export function forgetTask(isGone) {
  if (location.hash !== "") go(location.pathname, isGone);
  keep("task", "");
}

/**
 * @param {string} address
 * @param {boolean} inPlace without a way back
 */
function go(address, inPlace) {
  if (inPlace) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
}
