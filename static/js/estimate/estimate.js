/** Asks for the price and the plan of what is chosen: soon after the last change, and only the newest answer counts. */
import { readChoices } from "../choices.js";
import { announce, find } from "../dom.js";
import { outcomeInWords, showAsking, showOutcome } from "./show-estimate.js";
import { post } from "../service.js";
import { inEveryLanguage } from "../words.js";

/** @import { Answer } from "../service.js" */
/** @import { Estimate, TaskRequest } from "../types.js" */

/**
 * What price and plan depend on.
 *
 * @typedef {Pick<TaskRequest, "duration_seconds" | "aspect_ratio" | "quality" | "structure">} Wish
 */

/** @typedef {Exclude<Answer, { kind: "answer" }>} NoAnswer */
/** @typedef {{ kind: "estimate", estimate: Estimate } | NoAnswer} Outcome */

/**
 * @typedef {object} Listener
 * @property {() => void} asked what is shown is about to be out of date
 * @property {(outcome: Outcome) => void} answered
 */

/** A dragged slider changes many times a second; this is short enough to seem immediate. */
const settleMs = 150;
/** When nothing came, or too much was asked: a price is not urgent. */
const retryMs = 5_000;

export class Estimator {
  #listener;
  #asked = "";
  #timer = 0;
  #underWay = new AbortController();

  /** @param {Listener} listener */
  constructor(listener) {
    this.#listener = listener;
  }

  /** @param {Wish} wish */
  want({ duration_seconds, aspect_ratio, quality, structure }) {
    const wish = { duration_seconds, aspect_ratio, quality, structure };
    const key = JSON.stringify(wish);
    if (key === this.#asked) return;
    this.#asked = key;
    this.#listener.asked();
    this.#askIn(settleMs, wish);
  }

  /**
   * @param {number} milliseconds
   * @param {Wish} wish
   */
  #askIn(milliseconds, wish) {
    clearTimeout(this.#timer);
    this.#underWay.abort();
    this.#timer = setTimeout(() => this.#ask(wish), milliseconds);
  }

  /** @param {Wish} wish */
  async #ask(wish) {
    this.#underWay = new AbortController();
    const { signal } = this.#underWay;
    const outcome = read(await post("/veo31/estimate", wish, signal));
    if (signal.aborted) return;
    this.#listener.answered(outcome);
    if (mayHelpToAskAgain(outcome)) this.#askIn(retryMs, wish);
  }
}

/**
 * @param {Answer} answer
 * @returns {Outcome}
 */
function read(answer) {
  if (answer.kind !== "answer") return answer;
  return isEstimate(answer.body) ? { kind: "estimate", estimate: answer.body } : { kind: "strange" };
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

/** @param {Outcome} outcome */
function mayHelpToAskAgain(outcome) {
  return outcome.kind === "silent" || (outcome.kind === "refused" && outcome.problem.code === "rate_limited");
}

export function wireEstimate() {
  /** @type {Outcome | null} */
  let last = null;
  const estimator = new Estimator({
    asked: showAsking,
    answered: (outcome) => {
      const isFirst = last === null;
      last = outcome;
      showOutcome(outcome);
      // The first price is part of the page; only a change of it is news.
      if (!isFirst) announce(outcomeInWords(outcome));
    },
  });
  const want = () => estimator.want(readChoices());
  for (const kind of ["input", "change"]) find("order", HTMLFormElement).addEventListener(kind, want);
  inEveryLanguage(() => last && showOutcome(last));
  want();
}
