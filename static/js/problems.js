/** What is wrong, said beside the field at fault. */
import { element, find } from "./dom.js";
import { inEveryLanguage, language, lookUp, words } from "./words.js";

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
 * A field's problem in the reader's language. Only English says the service's own reason as the text; elsewhere the code
 * is spoken, and the reason follows as a detail.
 *
 * @param {FieldProblem} problem
 * @returns {{ text: string, detail: string | null }}
 */
export function speakFieldProblem({ field, code, message }) {
  if (language() === "en") return { text: asSentence(field, message), detail: null };
  const spoken = lookUp(words().requestErrors, code);
  return spoken ? { text: spoken, detail: asSentence(field, message) } : { text: message, detail: null };
}

/**
 * A refusal as a whole.
 *
 * @param {Problem} problem
 * @returns {{ text: string, detail: string | null }}
 */
export function speakProblem({ code, detail }) {
  const spoken = lookUp(words().requestErrors, code);
  if (language() === "en" || !spoken) return { text: detail || spoken || words().strangeAnswer, detail: null };
  return { text: spoken, detail };
}

/**
 * Reads `application/problem+json`. Whatever else comes back is not ours: a proxy's page, for example.
 *
 * @param {unknown} body
 * @returns {Problem | null}
 */
export function readProblem(body) {
  if (!isRecord(body) || typeof body["code"] !== "string") return null;
  const listed = Array.isArray(body["errors"]) ? body["errors"] : [];
  const errors = listed.filter(isRecord).map(({ field, code, message }) => ({
    field: String(field ?? ""),
    code: String(code ?? body["code"]),
    message: String(message ?? ""),
  }));
  return { code: body["code"], detail: String(body["detail"] ?? ""), errors };
}

/**
 * @param {unknown} value
 * @returns {value is Record<string, unknown>}
 */
export function isRecord(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Some messages start with a verb, to stand after the field's name.
 *
 * @param {string} field
 * @param {string} message
 */
function asSentence(field, message) {
  if (!/^\p{Ll}/u.test(message)) return message;
  const label = language() === "en" ? lookUp(words().fields, field) : undefined;
  return `${label ?? field} ${message}`;
}
