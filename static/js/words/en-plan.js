/** English for the plan and its price. */

/** @typedef {(count: number, length: string) => string} CountPhrase */

export const plan = {
  /** @type {Record<import("../types.js").TaskRequest["structure"], (resolution: string) => string>} */
  structures: {
    shots: () => "Several clips of the same subject, made side by side and cut together.",
    single_take: (resolution) =>
      `One movement without a cut: ${resolution}, each piece made after the one before, so slower.`,
  },
  takeTooLong:
    /** @type {(longest: string) => string} */ ((longest) => `This model films at most ${longest} in one take.`),
  clips: /** @type {CountPhrase} */ ((count, length) => `${count} ${count === 1 ? "clip" : "clips"} of ${length}`),
  extensions:
    /** @type {CountPhrase} */ ((count, length) => `${count} ${count === 1 ? "extension" : "extensions"} of ${length}`),
  and: " and ",
  withCut:
    /** @type {(made: string, cut: string, isOne: boolean) => string} */ ((made, cut, isOne) =>
      `${made}, ${cut} ${isOne ? "is" : "are"} cut away`),
  priceNote:
    /** @type {(made: string, model: string, day: string) => string} */ ((made, model, day) =>
      `for ${made} of film by ${model}, at Google's prices of ${day}`),
  noPriceSilent: "The price is not known: the service does not answer. This page asks again.",
  noPriceRefused: "No price: this cannot be made as chosen. What does not fit is marked.",
  offerMissing: "The service does not say what it can make.",
  offerMissingMeans: "Until it does, limits and the choice of structure are missing here. This page keeps asking.",
};
