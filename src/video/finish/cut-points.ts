/**
 * Where a clip can be cut without decoding. Frames refer to others that are decoded earlier, also to such that are
 * shown later (a B-pyramid). What is kept is therefore always a beginning in decoding order: what it needs is in it.
 */

/**
 * The clean cuts: after so many samples, exactly so many frames are complete, and nothing has to be hidden. There is
 * one at the end of each mini-GOP.
 *
 * @param ranks for each sample in decoding order: as which frame it is shown, counted from 0
 * @param frames how many of them are shown at all
 * @returns numbers of samples, which are numbers of frames too; ascending
 */
export function cleanCuts(ranks: readonly number[], frames: number): number[] {
  const cuts: number[] = [];
  let last = -1;
  for (const [index, rank] of ranks.slice(0, frames).entries()) {
    last = Math.max(last, rank);
    if (last === index) cuts.push(index + 1);
  }
  return cuts;
}

/**
 * How many samples must be kept so that the first `frames` frames can be shown. Frames after them can be among these
 * samples, for reference; the edit list hides them.
 */
export function samplesForFrames(ranks: readonly number[], frames: number): number {
  return ranks.findLastIndex((rank) => rank < frames) + 1;
}
