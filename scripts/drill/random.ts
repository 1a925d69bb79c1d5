/** Chance that can be had again: the same seed and the same purpose draw the same numbers. Pure. */

/** Draws a number from 0 to below 1. */
export type Random = () => number;

/** Of Numerical Recipes: a linear congruential generator of 32 bits, plenty for a few thousand draws. */
const multiplier = 1_664_525;
const increment = 1_013_904_223;
const range = 2 ** 32;
/** Alike seeds begin with alike numbers; after some draws nothing of that is left. */
const drawsThrownAway = 16;

/** @param purpose what is drawn, so that one more draw there changes nothing elsewhere */
export function randomFrom(seed: number, purpose: string): Random {
  let state = [...purpose].reduce((sum, letter) => Math.imul(sum, 31) + (letter.codePointAt(0) ?? 0), seed) >>> 0;
  const random = () => {
    state = (Math.imul(state, multiplier) + increment) >>> 0;
    return state / range;
  };
  for (let draw = 0; draw < drawsThrownAway; draw += 1) random();
  return random;
}

/** A whole number from `minimum` to `maximum`, both included. */
export function wholeNumber(random: Random, minimum: number, maximum: number): number {
  return minimum + Math.floor(random() * (maximum - minimum + 1));
}

/** One of several things, each as likely as its weight says. */
export function oneOf<Thing>(random: Random, weighted: readonly (readonly [Thing, number])[]): Thing {
  let left = random() * weighted.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [thing, weight] of weighted) {
    left -= weight;
    if (left < 0) return thing;
  }
  const last = weighted.at(-1);
  if (!last) throw new Error("There is nothing to choose from.");
  return last[0];
}
