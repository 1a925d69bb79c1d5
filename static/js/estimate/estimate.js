/** Keeps price and plan true to what is chosen: asked for soon after the last change, and only the newest answer counts. */
import { isTakeTooLong, readChoices } from "../choices.js";
import { announce, find } from "../dom.js";
import { post } from "../service.js";
import { inEveryLanguage } from "../words.js";
import { outcomeInWords, showAsking, showOutcome } from "./show-estimate.js";

/** A dragged slider changes many times a second; this is short enough to seem immediate. */
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

function want() {
  const wish = wishOf(readChoices());
  const key = JSON.stringify(wish);
  if (key === asked) return;
  asked = key;
  showAsking();
  stop();
  // It stands beside the choice already, and asking would only be refused.
  if (isTakeTooLong(wish)) show({ kind: "impossible" });
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
    if (mayHelpToAskAgain(outcome)) askIn(retryMs, wish);
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
  showOutcome(outcome);
  // The first price is part of the page; only a change of it is news.
  if (last) announce(outcomeInWords(outcome));
  last = outcome;
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

/** @param {EstimateOutcome} outcome */
function mayHelpToAskAgain(outcome) {
  return outcome.kind === "silent" || (outcome.kind === "refused" && outcome.problem.code === "rate_limited");
}
