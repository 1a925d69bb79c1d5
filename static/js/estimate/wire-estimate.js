/** Keeps price and plan true to what is chosen. */
import { announce } from "../announce.js";
import { readChoices } from "../choices.js";
import { find } from "../dom.js";
import { inEveryLanguage } from "../words.js";
import { Estimator } from "./estimator.js";
import { outcomeInWords, showAsking, showOutcome } from "./show-estimate.js";

export function wireEstimate() {
  /** @type {import("./estimator.js").Outcome | null} */
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
