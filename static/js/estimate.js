/** Keeps price and plan true to what is chosen: asked for after the last change, and only the newest answer counts. */
import { isKeyWanted, onKey } from "./access.js";
import { isTakeTooLong, readChoices } from "./choices.js";
import { announce, element, fill, find, write } from "./dom.js";
import { speakWarning } from "./film/outcome.js";
import { count, date, price, seconds, timeSpan } from "./numbers.js";
import { clearProblem, hasPlaceFor, showProblem, speakBudget, speakFieldProblem, speakNoAnswer } from "./problems.js";
import { post } from "./service.js";
import { inEveryLanguage, language, locale, words } from "./words.js";

/** A dragged slider changes many times a second; this seems immediate. */
const settleMs = 150;
/** When nothing came, or too much was asked: a price is not urgent. */
const retryMs = 5_000;

/** @type {EstimateOutcome | null} */
let last = null;
let asked = "";
let timer = 0;
let underWay = new AbortController();

export function wireEstimate() {
  for (const kind of ["input", "change"]) find("order", HTMLFormElement).addEventListener(kind, want);
  inEveryLanguage(() => last && showOutcome(last));
  for (const kind of /** @type {const} */ (["wanted", "taken"])) onKey(kind, wantAnew);
  want();
}

/**
 * How long videos like this one took on this deployment.
 *
 * @param {TaskRequest} request
 * @returns {Promise<Estimate["time"]>} null when nobody knows
 */
export async function askUsualTime(request) {
  const outcome = await ask(wishOf(request), null);
  return outcome.kind === "estimate" ? outcome.estimate.time : null;
}

/** For what changes without a choice: the key, and what is left of the budget. */
export function wantAnew() {
  asked = "";
  want();
}

function want() {
  const wish = wishOf(readChoices());
  const key = JSON.stringify(wish);
  if (key === asked) return;
  asked = key;
  showAsking();
  stop();
  // It stands beside the choice already, or above; asking would only be refused.
  if (isTakeTooLong(wish) || isKeyWanted()) show({ kind: "impossible" });
  else askIn(settleMs, wish);
}

/** @param {TaskRequest} request */
function wishOf({ duration_seconds, aspect_ratio, quality, structure }) {
  return { duration_seconds, aspect_ratio, quality, structure };
}

function stop() {
  clearTimeout(timer);
  underWay.abort();
}

/**
 * @param {number} milliseconds
 * @param {Wish} wish
 */
function askIn(milliseconds, wish) {
  timer = setTimeout(async () => {
    underWay = new AbortController();
    const { signal } = underWay;
    const outcome = await ask(wish, signal);
    if (signal.aborted) return;
    show(outcome);
    const problem = outcome.kind === "refused" ? outcome.problem : null;
    const mayHelp = outcome.kind === "silent" || problem?.code === "internal" || problem?.code === "rate_limited";
    if (mayHelp) askIn(Math.max(retryMs, (problem?.retrySeconds ?? 0) * 1_000), wish);
  }, milliseconds);
}

/**
 * @param {Wish} wish
 * @param {AbortSignal | null} signal
 * @returns {Promise<EstimateOutcome>}
 */
async function ask(wish, signal) {
  const answer = await post("/veo31/estimate", wish, signal);
  if (answer.kind !== "answer") return answer;
  return isEstimate(answer.body) ? { kind: "estimate", estimate: answer.body } : { kind: "strange" };
}

/** @param {EstimateOutcome} outcome */
function show(outcome) {
  const isFirst = last === null;
  showOutcome(outcome);
  // The first price is part of the page; only a change of it is news.
  if (!isFirst) announce(outcomeInWords(outcome));
}

/** That the price is more than what is left; else empty. */
export function speakOverBudget() {
  const { budget, cost } = last?.kind === "estimate" ? last.estimate : {};
  return budget && cost && budget.left_usd < cost.estimate_usd ? speakBudget(budget) : "";
}

/**
 * Two parts tell it apart from anything else; the rest is the contract.
 *
 * @param {object} body
 * @returns {body is Estimate}
 */
function isEstimate(body) {
  return "plan" in body && "cost" in body;
}

/** @typedef {Estimate["plan"]} Plan */

const noPrice = "–";

/** The fields that the last answer found fault with. @type {string[]} */
let marked = [];

/** What is shown stays until it is known to be wrong, so nothing flickers. */
function showAsking() {
  find("price-line", HTMLElement).setAttribute("aria-busy", "true");
}

/** @param {EstimateOutcome} outcome */
function showOutcome(outcome) {
  find("price-line", HTMLElement).removeAttribute("aria-busy");
  last = outcome;
  write("budget-problem", speakOverBudget());
  for (const field of marked.splice(0)) clearProblem(field);
  if (outcome.kind === "estimate") showEstimate(outcome.estimate);
  else showNone(outcome);
}

/**
 * Price and plan in one breath, for those who do not see them change.
 *
 * @param {EstimateOutcome} outcome
 */
function outcomeInWords(outcome) {
  if (outcome.kind !== "estimate") return find("price-note", HTMLElement).textContent;
  return `${price(outcome.estimate.cost.estimate_usd)}. ${planWords(outcome.estimate.plan)} ${speakOverBudget()}`;
}

/** @param {Estimate} estimate */
function showEstimate({ plan, cost, time, warnings, budget }) {
  write("price", price(cost.estimate_usd));
  const note = words().priceNote(seconds(madeSeconds(plan)), plan.model, date(cost.prices_as_of));
  const left = budget && !speakOverBudget() ? ` · ${words().budgetLeft(price(budget.left_usd))}` : "";
  write("price-note", note + modelNote(plan, warnings) + left);
  write("time-note", time ? words().usualTime(timeSpan(time), count(time.videos)) : "");
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
function modelNote(plan, warnings) {
  const warning = warnings.find(({ code }) => code.startsWith("model_"));
  return warning ? ` · ${speakWarning(warning, plan)}` : "";
}

/** @param {NoPrice} outcome */
function showNone(outcome) {
  write("price", noPrice);
  write("time-note", "");
  write("plan-words", "");
  fill(find("plan-drawing", HTMLElement), "", () => []);
  write("price-note", noneInWords(outcome));
}

/** @param {NoPrice} outcome */
function noneInWords(outcome) {
  if (outcome.kind === "impossible") return isKeyWanted() ? words().keyFirst : words().noPriceRefused;
  const placed = outcome.kind === "refused" ? outcome.problem.errors.filter(({ field }) => hasPlaceFor(field)) : [];
  for (const problem of placed) showProblem(problem.field, () => speakFieldProblem(problem));
  marked = placed.map(({ field }) => field);
  return marked.length > 0 ? words().noPriceRefused : speakNoAnswer(outcome).text;
}

/** @param {Pick<Plan, "segments" | "wasted_seconds">} plan */
function planWords({ segments, wasted_seconds }) {
  const say = words();
  const clips = segments.filter(({ kind }) => kind === "generate").map((segment) => segment.seconds);
  const extensions = segments.filter(({ kind }) => kind === "extend").map((segment) => segment.seconds);
  const parts = [say.clips(clips.length, lengths(clips))];
  if (extensions.length > 0) parts.push(say.extensions(extensions.length, lengths(extensions)));
  const made = parts.join(say.and);
  return wasted_seconds > 0 ? say.withCut(made, seconds(wasted_seconds), wasted_seconds === 1) : made;
}

/**
 * What each of several is long: one length where all are alike.
 *
 * @param {readonly number[]} several seconds
 */
function lengths(several) {
  const isAlike = several.every((length) => length === several[0]);
  return new Intl.ListFormat(locale()).format((isAlike ? several.slice(0, 1) : several).map(seconds));
}

/**
 * What is paid for, seconds.
 *
 * @param {Pick<Plan, "segments">} plan
 */
function madeSeconds({ segments }) {
  return segments.reduce((sum, segment) => sum + segment.seconds, 0);
}

/**
 * The drawing says nothing that the words beside it do not, so it is not read out.
 *
 * @param {Pick<Plan, "segments">} plan
 */
function planDrawing({ segments }) {
  return segments.map((segment) => {
    const kept = element("span", { class: "kept" }, label(segment));
    const cut = element("span", { class: "cut" });
    // The page's policy takes no style attribute.
    kept.style.flexGrow = String(segment.shown_seconds);
    cut.style.flexGrow = String(segment.seconds - segment.shown_seconds);
    const block = element("span", { class: "block", "data-kind": segment.kind }, kept);
    if (segment.shown_seconds < segment.seconds) block.append(cut);
    block.style.flexGrow = String(segment.seconds);
    return block;
  });
}

/**
 * How much of it remains, seconds; a sliver has no room for a number.
 *
 * @param {Plan["segments"][number]} segment
 */
function label({ shown_seconds }) {
  return shown_seconds >= 2 ? count(Math.round(shown_seconds * 10) / 10) : "";
}
