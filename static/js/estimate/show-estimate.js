/** Price and plan where they stand: the price beside the button, the plan under the slider. */
import { fill, find } from "../dom.js";
import { date, price, seconds } from "../numbers.js";
import { clearProblem, hasPlaceFor, showProblem, speakFieldProblem, speakProblem } from "../problems.js";
import { language, words } from "../words.js";
import { planDrawing } from "./plan-drawing.js";
import { madeSeconds, planWords } from "./plan-words.js";

/** @typedef {import("../types.js").Estimate} Estimate */
/** @typedef {import("./estimator.js").Outcome} Outcome */

const noPrice = "–";

/** The fields that the last answer found fault with. @type {string[]} */
let marked = [];

/** What is shown stays until it is known to be wrong, so nothing flickers. */
export function showAsking() {
  find("price-line", HTMLElement).setAttribute("aria-busy", "true");
}

/** @param {Outcome} outcome */
export function showOutcome(outcome) {
  find("price-line", HTMLElement).removeAttribute("aria-busy");
  for (const field of marked.splice(0)) clearProblem(field);
  if (outcome.kind === "estimate") showEstimate(outcome.estimate);
  else showNone(outcome);
}

/**
 * Price and plan in one breath, for those who do not see them change.
 *
 * @param {Outcome} outcome
 */
export function outcomeInWords(outcome) {
  if (outcome.kind !== "estimate") return find("price-note", HTMLElement).textContent;
  return `${price(outcome.estimate.cost.estimate_usd)}. ${planWords(outcome.estimate.plan)}`;
}

/** @param {Estimate} estimate */
function showEstimate({ plan, cost, warnings }) {
  write("price", price(cost.estimate_usd));
  const note = words().priceNote(seconds(madeSeconds(plan)), plan.model, date(cost.prices_as_of));
  write("price-note", note + modelNote(plan, warnings));
  write("plan-words", planWords(plan));
  const drawing = find("plan-drawing", HTMLElement);
  drawing.dataset["structure"] = plan.structure;
  fill(drawing, language() + JSON.stringify(plan.segments), () => planDrawing(plan));
}

/**
 * What there is to say of a model that is not the one that is set, or is gone.
 *
 * @param {Estimate["plan"]} plan
 * @param {Estimate["warnings"]} warnings
 */
function modelNote({ model }, warnings) {
  const codes = warnings.map(({ code }) => code);
  if (codes.includes("model_replaced")) return ` · ${words().warningModel(model)}`;
  return codes.includes("model_retired") ? ` · ${words().taskErrors.model_retired}` : "";
}

/** @param {Exclude<Outcome, { kind: "estimate" }>} outcome */
function showNone(outcome) {
  write("price", noPrice);
  write("plan-words", "");
  fill(find("plan-drawing", HTMLElement), "", () => []);
  write("price-note", noneInWords(outcome));
}

/** @param {Exclude<Outcome, { kind: "estimate" }>} outcome */
function noneInWords(outcome) {
  if (outcome.kind === "silent") return words().noPriceSilent;
  if (outcome.kind === "strange") return words().strangeAnswer;
  const { problem } = outcome;
  const placed = problem.errors.filter(({ field }) => hasPlaceFor(field));
  for (const fieldProblem of placed) {
    const { text, detail } = speakFieldProblem(fieldProblem);
    showProblem(fieldProblem.field, text, detail);
  }
  marked = placed.map(({ field }) => field);
  return marked.length > 0 ? words().noPriceRefused : speakProblem(problem).text;
}

/**
 * @param {string} id
 * @param {string} text
 */
function write(id, text) {
  const line = find(id, HTMLElement);
  if (line.textContent !== text) line.textContent = text;
}
