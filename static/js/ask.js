/** One question to the service with an answer in JSON, and the few ways in which none comes. */
import { isRecord, readProblem } from "./problems.js";

/**
 * `refused`: the service says what is wrong; `strange`: something that is not the service answered; `silent`: nothing
 * came, or the service is failing, so that asking again may help.
 *
 * @typedef {{ kind: "answer", body: Record<string, unknown> }
 *   | { kind: "refused", problem: import("./types.js").Problem }
 *   | { kind: "strange" }
 *   | { kind: "silent" }} Answer
 */

/** Gateways say these for a service that is not there; the service itself says more. */
const gatewayFailures = [502, 504];

/**
 * @param {string} address
 * @param {AbortSignal | null} signal
 * @returns {Promise<Answer>}
 */
export function askFor(address, signal = null) {
  return ask(address, { signal });
}

/**
 * @param {string} address
 * @param {object | null} body sent as JSON; null sends none
 * @param {AbortSignal | null} signal
 * @returns {Promise<Answer>}
 */
export function post(address, body, signal = null) {
  const sent = body && { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
  return ask(address, { method: "POST", signal, ...sent });
}

/**
 * @param {string} address
 * @param {RequestInit} options
 * @returns {Promise<Answer>}
 */
async function ask(address, options) {
  try {
    const response = await fetch(address, { cache: "no-store", ...options });
    if (gatewayFailures.includes(response.status)) return { kind: "silent" };
    /** @type {unknown} */
    const body = await response.json().catch(() => undefined);
    if (response.ok) return isRecord(body) ? { kind: "answer", body } : { kind: "strange" };
    const problem = readProblem(body);
    return problem ? { kind: "refused", problem } : { kind: "strange" };
  } catch {
    return { kind: "silent" };
  }
}
