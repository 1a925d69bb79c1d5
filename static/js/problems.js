/** What is wrong, said beside the field at fault. */
import { element, find } from "./dom.js";
import { nearMoment, now, price, seconds } from "./numbers.js";
import { inEveryLanguage, lookUp, words } from "./words.js";

/** What stands at which field, to be said anew in another language. @type {Map<string, Speech>} */
const said = new Map();

// After everything else that is built anew, the fields among it.
inEveryLanguage(() =>
  queueMicrotask(() => said.forEach((speak, field) => hasPlaceFor(field) && showProblem(field, speak)))
);

/**
 * @param {string} field the id before `-problem`
 * @param {Speech} speak
 */
export function showProblem(field, speak) {
  said.set(field, speak);
  const spoken = speak();
  const { text, detail } = typeof spoken === "string" ? { text: spoken, detail: "" } : spoken;
  const line = find(`${field}-problem`, HTMLElement);
  // An alert that is written again is read out again.
  if (line.textContent === text + (detail ?? "")) return;
  line.replaceChildren(text, ...(detail ? [element("span", { lang: "en" }, detail)] : []));
  document.getElementById(field)?.setAttribute("aria-invalid", "true");
}

/** @param {string} field */
export function clearProblem(field) {
  said.delete(field);
  find(`${field}-problem`, HTMLElement).replaceChildren();
  document.getElementById(field)?.removeAttribute("aria-invalid");
}

/** @param {string} field */
export function hasPlaceFor(field) {
  return document.getElementById(`${field}-problem`) !== null;
}

/**
 * A field's problem in the reader's language. The service's own reason is English; elsewhere the code is spoken, and the
 * reason follows as a detail.
 *
 * @param {Pick<FieldProblem, "code" | "message">} problem
 * @returns {{ text: string, detail: string | null }}
 */
export function speakFieldProblem({ code, message }) {
  const spoken = lookUp(words().requestErrors, code);
  return spoken ? { text: spoken, detail: message } : { text: message, detail: null };
}

/**
 * A refusal as a whole.
 *
 * @param {Problem} problem
 * @returns {{ text: string, detail: string | null }}
 */
export function speakProblem({ code, detail, budget, retrySeconds }) {
  if (budget) return { text: speakBudget(budget), detail: null };
  // The service tells programs how to send it.
  if (code === "unauthorized") return { text: words().keyFirst, detail: null };
  const { text, detail: reason } = speakFieldProblem({ code, message: detail || words().strangeAnswer });
  return { text: retrySeconds ? `${text} ${words().retryIn(seconds(retrySeconds))}` : text, detail: reason };
}

/** That it costs more than is left, and when there is a new budget, in the reader's own time. @param {Budget} budget */
export function speakBudget({ left_usd, renews_at }) {
  return words().overBudget(price(left_usd), nearMoment(renews_at, now()));
}

/**
 * Why nothing came of it.
 *
 * @param {NoAnswer} answer
 * @returns {{ text: string, detail?: string | null }}
 */
export function speakNoAnswer(answer) {
  if (answer.kind === "refused") return speakProblem(answer.problem);
  return { text: answer.kind === "silent" ? words().troubles.silent : words().strangeAnswer };
}

/**
 * Reads `application/problem+json`. Whatever else comes back is not ours: a proxy's page, for example.
 *
 * @param {unknown} body
 * @param {number} retrySeconds
 * @returns {Problem | null}
 */
export function readProblem(body, retrySeconds) {
  if (!isRecord(body) || typeof body["code"] !== "string") return null;
  const listed = Array.isArray(body["errors"]) ? body["errors"] : [];
  const errors = listed.filter(isRecord).map(({ field, code, message }) => ({
    field: String(field ?? ""),
    code: String(code ?? body["code"]),
    message: String(message ?? ""),
  }));
  return { code: body["code"], detail: String(body["detail"] ?? ""), errors, budget: readBudget(body), retrySeconds };
}

/**
 * @param {Record<string, unknown>} problem
 * @returns {Budget | null}
 */
function readBudget({ budget }) {
  if (!isRecord(budget) || typeof budget["left_usd"] !== "number") return null;
  return { left_usd: budget["left_usd"], renews_at: String(budget["renews_at"]) };
}

/**
 * @param {unknown} value
 * @returns {value is Record<string, unknown>}
 */
export function isRecord(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
