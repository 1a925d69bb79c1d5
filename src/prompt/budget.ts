/** How long a prompt may be. Pure. */

/**
 * The share of a model's limit that is used. Veo cuts what is longer without a word. The estimate errs upwards; the
 * sixth left over is for what it still gets wrong.
 */
const usableShare = 5 / 6;

/** @param tokensMaximum the model's limit */
export function promptTokensBudget(tokensMaximum: number): number {
  return Math.floor(tokensMaximum * usableShare);
}

/** Letters of a word that surely fit one token: English has about 4.5, so most words count for more than they are. */
const lettersPerToken = 4;
/** Characters beyond the first 65,536 (emoji) fall apart into bytes. */
const tokensPerAstralCharacter = 4;

/**
 * Estimates the tokens of a text from above, for a tokenizer that is not public: a token for every four Latin letters
 * of a word begun, one for each digit, sign and letter of another script.
 */
export function estimateTokens(text: string): number {
  let tokens = 0;
  for (const [piece] of text.matchAll(/[A-Za-z]+|\S/gu)) {
    if (/^[A-Za-z]/.test(piece)) tokens += Math.ceil(piece.length / lettersPerToken);
    else tokens += piece.length > 1 ? tokensPerAstralCharacter : 1;
  }
  return tokens;
}

/** A sentence of the prompt. */
export interface Sentence {
  readonly text: string;
  /** What goes first when the prompt is too long: the highest. 0 never goes. */
  readonly dispensable: number;
}

/**
 * Leaves out the most dispensable sentences until each prompt is within the budget; the order of the rest stays. A
 * sentence that several prompts share word by word goes from all of them, so that what they share stays the same.
 *
 * @returns the texts, in the same order, or null when what must stay is too long by itself
 */
export function fitted(prompts: readonly (readonly Sentence[])[], budget: number): string[] | null {
  const texts = prompts.map((sentences) => sentences.map(({ text }) => text).join(" "));
  const long = prompts.find((_, index) => estimateTokens(texts[index] ?? "") > budget);
  if (!long) return texts;
  const most = Math.max(0, ...long.map(({ dispensable }) => dispensable));
  const left = long.findLast(({ dispensable }) => dispensable === most);
  if (!left || most === 0) return null;
  return fitted(prompts.map((sentences) => sentences.filter(({ text }) => text !== left.text)), budget);
}
