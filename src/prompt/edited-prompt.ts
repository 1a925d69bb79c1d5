/** Judges a prompt that a person has edited, in words for a person. Pure. */
import { visible } from "../analysis/visible-text.ts";
import { estimateTokens } from "./budget.ts";

/** A number of words is told in steps of this: the estimate is no better. */
const wordsStep = 10;

/**
 * Any language is allowed. The length is measured against the model's full limit: the reserve that is kept in what this
 * service writes is the person's to use.
 *
 * @param tokensMaximum the model's limit, its own tokens
 * @returns why the prompt cannot be sent, or null when it can
 */
export function promptProblem(text: string, tokensMaximum: number): string | null {
  if (!text.trim()) return "The prompt is empty. Say what the video shows.";
  const tokens = estimateTokens(text);
  if (tokens <= tokensMaximum) return null;
  const words = wordsIn(text);
  const excess = Math.ceil(words * (1 - tokensMaximum / tokens) / wordsStep) * wordsStep;
  return `The prompt is too long for the video model, which would ignore its end. It has ${words} words; ` +
    `take out about ${Math.min(excess, words)}.`;
}

/** The prompt without what nobody sees: blanks in rows, empty lines, halves of characters, invisible characters. */
export function tidied(text: string): string {
  return visible(text).replace(/[^\S\n]+/g, " ").replace(/ *\n */g, "\n").replace(/\n{3,}/g, "\n\n").trim();
}

/** Words as a reader counts them, also in scripts that put no spaces between them. */
function wordsIn(text: string): number {
  const segments = new Intl.Segmenter(undefined, { granularity: "word" }).segment(text);
  return [...segments].filter(({ isWordLike }) => isWordLike).length;
}
