/** How long each excerpt may be so that all together are not too large. Pure. */
import type { CleanEnd } from "./clean-ends.ts";

/**
 * Every excerpt gets the same number of bytes, and what one does not need goes to the others. One that cannot be made
 * with its share is given up for the others: the one that needs most, of equal ones the last.
 *
 * @param choices for each excerpt, where it can end: ascending, all of them worth it
 * @returns for each excerpt its end, or null when it is given up
 */
export function chooseEnds(choices: readonly (readonly CleanEnd[])[], bytesMaximum: number): (CleanEnd | null)[] {
  const wanted = choices.map((ends, index) => ({ ends, index })).filter(({ ends }) => ends.length > 0);
  while (wanted.length > 0) {
    const chosen = share(wanted.map(({ ends }) => ends), bytesMaximum);
    if (chosen) return choices.map((_, index) => chosen[wanted.findIndex((one) => one.index === index)] ?? null);
    const needs = wanted.map(({ ends }) => ends[0]?.bytes ?? 0);
    wanted.splice(needs.lastIndexOf(Math.max(...needs)), 1);
  }
  return choices.map(() => null);
}

/** @returns null when one of them cannot be made */
function share(choices: readonly (readonly CleanEnd[])[], bytesMaximum: number): CleanEnd[] | null {
  const chosen: CleanEnd[] = [];
  const smallestFirst = [...choices.keys()].toSorted((one, other) =>
    fullBytes(choices, one) - fullBytes(choices, other)
  );
  let left = bytesMaximum;
  for (const [turn, index] of smallestFirst.entries()) {
    const bytes = left / (choices.length - turn);
    const end = choices[index]?.findLast((candidate) => candidate.bytes <= bytes);
    if (!end) return null;
    chosen[index] = end;
    left -= end.bytes;
  }
  return chosen;
}

function fullBytes(choices: readonly (readonly CleanEnd[])[], index: number): number {
  return choices[index]?.at(-1)?.bytes ?? 0;
}
