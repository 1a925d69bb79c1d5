/** What this page asks of the service, and the few ways in which no answer comes. */
import { heed, heldKey, keyHeader, reach } from "./access.js";
import { isRecord, readProblem } from "./problems.js";

/** Answers come within a second or two; a page that waits longer should say so. */
const limitMs = 15_000;

/** Gateways say these for a service that is not there. */
const gatewayFailures = [502, 504];

/** @param {string} address */
export function askFor(address) {
  return ask(address, {});
}

/**
 * @param {string} address
 * @param {object | null} body sent as JSON; null sends none
 * @param {AbortSignal | null} signal
 */
export function post(address, body, signal = null) {
  const sent = body && { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
  return ask(address, { method: "POST", signal, ...sent });
}

/**
 * @param {string} address
 * @param {Asked} options
 * @returns {Promise<Answer>}
 */
async function ask(address, options) {
  try {
    const signals = [AbortSignal.timeout(limitMs), ...options.signal ? [options.signal] : []];
    const response = await reach(address, { ...options, signal: AbortSignal.any(signals) });
    if (gatewayFailures.includes(response.status)) return { kind: "silent" };
    /** @type {unknown} */
    const body = await response.json().catch(() => undefined);
    if (response.ok) return isRecord(body) ? { kind: "answer", body } : { kind: "strange" };
    return refusal(body, response.headers.get("Retry-After"));
  } catch {
    return { kind: "silent" };
  }
}

/**
 * @param {unknown} body
 * @param {string | null} retryAfter seconds
 * @returns {Exclude<NoAnswer, { kind: "silent" }>}
 */
function refusal(body, retryAfter) {
  const problem = readProblem(body, Number(retryAfter) || 0);
  return problem ? { kind: "refused", problem } : { kind: "strange" };
}

/**
 * @param {string} path
 * @param {FormData | string} body text is JSON
 * @param {string} idempotencyKey
 * @param {(sent: number, total: number) => void} progress bytes
 * @returns {Sending}
 */
export function send(path, body, idempotencyKey, progress) {
  const request = new XMLHttpRequest();
  const key = heldKey();
  let everythingSent = false;
  request.upload.addEventListener("progress", ({ loaded, total }) => progress(loaded, total));
  request.upload.addEventListener("load", () => everythingSent = true);
  /** @type {Promise<Sent>} */
  const result = new Promise((resolve) => {
    request.addEventListener("load", () => {
      /** @type {unknown} */
      const body = request.response;
      heed(request.status, key);
      if (isTask(body)) return resolve({ kind: "task", task: body });
      // A gateway that refuses says so; one that fails says nothing of what became of the order behind it.
      const isKnown = isRecord(body) || (request.status >= 400 && request.status < 500);
      resolve(isKnown ? refusal(body, request.getResponseHeader("Retry-After")) : { kind: "answer_lost" });
    });
    request.addEventListener("error", () => resolve({ kind: everythingSent ? "answer_lost" : "broken" }));
    request.addEventListener("abort", () => resolve({ kind: everythingSent ? "answer_lost" : "stopped" }));
  });
  request.open("POST", path);
  // Null for what is none.
  request.responseType = "json";
  const json = typeof body === "string" && { "Content-Type": "application/json" };
  const headers = { ...keyHeader(), ...json, "Idempotency-Key": idempotencyKey };
  for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
  request.send(body);
  return { result, stop: () => request.abort() };
}

/**
 * @param {TaskView} task
 * @param {readonly string[] | null} prompts one a segment; null approves them as they were written
 */
export function approve({ links }, prompts) {
  const body = prompts && (prompts.length === 1 ? { prompt: prompts[0] } : { prompts });
  return change(links.approve, body);
}

/** @param {TaskView} task */
export function cancel({ links }) {
  return change(links.cancel, null);
}

/**
 * @param {string | null} address
 * @param {object | null} body
 * @returns {Promise<Changed>}
 */
async function change(address, body) {
  if (address === null) return { kind: "strange" };
  const answer = await post(address, body);
  if (answer.kind !== "answer") return answer;
  return isTask(answer.body) ? { kind: "task", task: answer.body } : { kind: "strange" };
}

/**
 * A problem has no task's id, so the id alone tells them apart; the rest is the contract.
 *
 * @param {unknown} body
 * @returns {body is TaskView}
 */
export function isTask(body) {
  return isRecord(body) && "task_id" in body;
}
