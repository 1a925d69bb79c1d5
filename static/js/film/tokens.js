/**
 * Estimates the tokens of a prompt from above, exactly as the service does (src/prompt/budget.ts), so that what is counted
 * here is what is judged there: one for every four Latin letters of a word begun, one for each digit, sign and letter of
 * another script, four for what lies beyond the first 65,536 characters.
 *
 * @param {string} text
 */
export function estimateTokens(text) {
  let tokens = 0;
  for (const [piece] of text.matchAll(/[A-Za-z]+|\S/gu)) {
    if (/^[A-Za-z]/.test(piece)) tokens += Math.ceil(piece.length / 4);
    else tokens += piece.length > 1 ? 4 : 1;
  }
  return tokens;
}
