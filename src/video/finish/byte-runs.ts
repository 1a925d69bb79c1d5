/** Which stretches of a file are kept, and where their bytes come to lie when they are put one behind the other. */

/** From `start` up to but not including `end`. */
export interface ByteRun {
  readonly start: number;
  readonly end: number;
}

/** The pieces in the order of the file, those that touch or overlap as one. Empty pieces count for nothing. */
export function runsOf(pieces: readonly { readonly offset: number; readonly bytes: number }[]): ByteRun[] {
  const ordered = pieces.filter(({ bytes }) => bytes > 0).toSorted((one, other) => one.offset - other.offset);
  const runs: { start: number; end: number }[] = [];
  for (const { offset, bytes } of ordered) {
    const last = runs.at(-1);
    if (last && offset <= last.end) last.end = Math.max(last.end, offset + bytes);
    else runs.push({ start: offset, end: offset + bytes });
  }
  return runs;
}

export function bytesIn(runs: readonly ByteRun[]): number {
  return runs.reduce((sum, { start, end }) => sum + end - start, 0);
}

/**
 * @param offsets in the file, ascending, each within a run or of an empty piece
 * @returns where each comes to lie when the runs follow each other from 0 on
 */
export function placesIn(runs: readonly ByteRun[], offsets: readonly number[]): Map<number, number> {
  const places = new Map<number, number>();
  let index = 0;
  let before = 0;
  for (const offset of offsets) {
    for (let run = runs[index]; run && offset >= run.end; run = runs[++index]) before += run.end - run.start;
    // An empty piece can lie before the run.
    places.set(offset, before + Math.max(0, offset - (runs[index]?.start ?? offset)));
  }
  return places;
}
