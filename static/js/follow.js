/**
 * Follows a task to its end by asking for its status. A lost connection or a failing service says nothing about the task,
 * so asking goes on, at growing distances and at once when the connection or the reader is back.
 */
import { isRecord } from "./problems.js";

/** @import { TaskView } from "./types.js" */

/** When the service does not say: about as often as something changes. */
const pauseMs = 2_000;
/** After a failure the pause doubles up to this: a minute's outage costs few requests, and its end is soon noticed. */
const pauseMaximumMs = 15_000;

/** @typedef {"offline" | "silent"} Trouble offline: no connection; silent: the service fails */

/**
 * @typedef {object} Listener
 * @property {(task: TaskView) => void} changed called with each new state
 * @property {(trouble: Trouble | null) => void} trouble called when it begins, and with null when it is over
 * @property {() => void} gone there is no such task (any more)
 */

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
  const stopped = new AbortController();
  const { signal } = stopped;
  const wake = new EventTarget();
  const hurry = () => document.visibilityState === "visible" && wake.dispatchEvent(new Event("wake"));
  addEventListener("online", hurry, { signal });
  document.addEventListener("visibilitychange", hurry, { signal });
  run(id, listener, wake, signal).finally(() => stopped.abort());
  return () => stopped.abort();
}

/**
 * @param {string} id
 * @param {Listener} listener
 * @param {EventTarget} wake
 * @param {AbortSignal} signal
 */
async function run(id, listener, wake, signal) {
  let etag = "";
  let failures = 0;
  while (!signal.aborted) {
    const answer = await ask(id, etag, signal);
    if (signal.aborted) return;
    if (answer.kind === "gone") return listener.gone();
    if (answer.kind === "trouble") {
      failures++;
      listener.trouble(answer.trouble);
      await pause(Math.min(pauseMs * 2 ** failures, pauseMaximumMs), wake, signal);
      continue;
    }
    if (failures > 0) listener.trouble(null);
    failures = 0;
    if (answer.kind === "changed") {
      etag = answer.etag;
      listener.changed(answer.task);
      if (hasEnded(answer.task)) return;
    }
    await pause(answer.pauseMs, wake, signal);
  }
}

/**
 * @typedef {{ kind: "changed", task: TaskView, etag: string, pauseMs: number }
 *   | { kind: "unchanged", pauseMs: number }
 *   | { kind: "trouble", trouble: Trouble }
 *   | { kind: "gone" }} Answer
 */

/**
 * @param {string} id
 * @param {string} etag
 * @param {AbortSignal} signal
 * @returns {Promise<Answer>}
 */
async function ask(id, etag, signal) {
  try {
    const headers = { Accept: "application/json", ...(etag && { "If-None-Match": etag }) };
    const response = await fetch(`/veo31/status/${encodeURIComponent(id)}`, { headers, signal, cache: "no-store" });
    if (response.status === 304) return { kind: "unchanged", pauseMs: pauseOf(response) };
    if (response.status === 404 || response.status === 410) return { kind: "gone" };
    if (!response.ok) return { kind: "trouble", trouble: "silent" };
    /** @type {TaskView} */
    const task = await response.json();
    if (!isRecord(task) || task.task_id !== id) return { kind: "trouble", trouble: "silent" };
    return { kind: "changed", task, etag: response.headers.get("ETag") ?? "", pauseMs: pauseOf(response) };
  } catch {
    return { kind: "trouble", trouble: "offline" };
  }
}

/** @param {Response} response */
function pauseOf(response) {
  const wished = Number(response.headers.get("Retry-After"));
  return wished > 0 ? wished * 1_000 : pauseMs;
}

/**
 * @param {number} milliseconds
 * @param {EventTarget} wake ends it early
 * @param {AbortSignal} signal ends it early
 * @returns {Promise<void>}
 */
function pause(milliseconds, wake, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(end, milliseconds);
    wake.addEventListener("wake", end);
    signal.addEventListener("abort", end);
    function end() {
      clearTimeout(timer);
      wake.removeEventListener("wake", end);
      signal.removeEventListener("abort", end);
      resolve();
    }
  });
}
