/** What somebody may have meant who mistyped a word. Pure. */

/** Two slips in a word; more is another word. */
const slipsMaximum = 2;

/** @returns the known word that is closest, or begins with what was typed; null when none is close */
export function nearest(typed: string, known: readonly string[]): string | null {
  const beginning = known.find((word) => typed.length > 1 && (word.startsWith(typed) || typed.startsWith(word)));
  const ranked = known.map((word) => ({ word, slips: slipsBetween(typed, word) }))
    .filter(({ word, slips }) => slips <= Math.min(slipsMaximum, word.length / 2))
    .sort((one, other) => one.slips - other.slips);
  return ranked[0]?.word ?? beginning ?? null;
}

/** Letters put in, left out or exchanged (Levenshtein). */
function slipsBetween(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [line, letter] of [...one].entries()) {
    const next = [line + 1];
    for (const [column, opposite] of [...other].entries()) {
      const exchanged = (row[column] ?? 0) + (letter === opposite ? 0 : 1);
      next.push(Math.min(exchanged, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
