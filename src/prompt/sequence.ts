/** Wishes that say what comes first and what comes then: each step has its place in the film. English only. Pure. */
import { splitOutsideQuotes } from "./language.ts";

/** Wishes by where they belong. */
export interface PlacedWishes {
  /** What holds for the whole film. */
  readonly whole: readonly string[];
  /** What belongs to one shot, by shot. */
  readonly shots: readonly (readonly string[])[];
}

const sentenceEnd = /[.;!?]+(?=\s|$)|\n+/g;

/**
 * Words that begin a step where a clause begins; elsewhere they are something else: "we finally see", "first class".
 */
const clauseOpeners = [
  "first(?:ly| of all)?(?= (?:an?|the|this|it|we|you|they|he|she|my|our|show)\\b|,)",
  "next(?! to)",
  "after (?:that|this)",
  "afterwards",
  "finally",
  "lastly",
  "(?:at|in) the end",
  "at the (?:start|beginning)",
].join("|");

/** Where the next step begins; "then" begins one anywhere. */
const nextStep = new RegExp(
  `(?:^|[,:]\\s*|\\s)(?:and\\s+)?then\\b,?\\s*|(?:^|[,:]\\s*|\\sand\\s+)(?:and\\s+)?(?:${clauseOpeners})\\b,?\\s*`,
  "gi",
);

const atTheEnd = /\b(?:at|in) the end\b|\bfinally\b|\blast(?:ly)? (?:shot|seconds?|frame|scene)\b/i;
const atTheStart = /\bat the (?:start|beginning)\b|\bfirst (?:shot|seconds?|frame|scene)\b/i;

/**
 * Spreads the steps of a sequence evenly, from the first shot to the last. What names no sequence holds for the whole
 * film.
 */
export function placeWishes(text: string, shotCount: number): PlacedWishes {
  const whole: string[] = [];
  const steps: string[] = [];
  for (const sentence of splitOutsideQuotes(text, sentenceEnd)) {
    const parts = splitOutsideQuotes(sentence, nextStep);
    const isOrdered = parts.length > 1 || parts[0] !== sentence || atTheEnd.test(sentence) || atTheStart.test(sentence);
    if (isOrdered) steps.push(...parts);
    else whole.push(sentence);
  }
  if (steps.length > 1) return { whole, shots: spread(steps, shotCount) };
  if (atTheEnd.test(text)) return { whole, shots: shotsWith(steps, shotCount - 1, shotCount) };
  if (atTheStart.test(text)) return { whole, shots: shotsWith(steps, 0, shotCount) };
  return { whole: [...steps, ...whole], shots: shotsWith([], 0, shotCount) };
}

function spread(steps: readonly string[], shotCount: number): string[][] {
  const stride = (shotCount - 1) / (steps.length - 1);
  const placed = steps.map((step, index) => ({ step, shot: Math.round(index * stride) }));
  return Array.from({ length: shotCount }, (_, at) => placed.flatMap(({ step, shot }) => shot === at ? [step] : []));
}

function shotsWith(steps: readonly string[], at: number, shotCount: number): (readonly string[])[] {
  return Array.from({ length: shotCount }, (_, shot) => shot === at ? steps : []);
}
