/** Which clips make a video of a wished length, with as little paid and thrown away as possible. Pure. */

/**
 * Lengths of clips that are cut together: as few as can be, since each cut shows; of those the shortest that reach the
 * wished length, as even as possible.
 *
 * @param wished length of the video, seconds
 * @param possible lengths of one clip, seconds, ascending; at least one
 * @returns the clips' lengths, at least `wished` together
 */
export function clipsForShots(wished: number, possible: readonly number[]): number[] {
  const count = Math.ceil(wished / longestOf(possible));
  const even = possible.find((seconds) => seconds * count >= wished) ?? longestOf(possible);
  const shorter = possible.findLast((seconds) => seconds < even);
  const saved = even - (shorter ?? even);
  const spare = even * count - wished;
  const shortened = saved > 0 ? Math.min(count, Math.floor(spare / saved)) : 0;
  return Array.from({ length: count }, (_, index) => index < count - shortened ? even : shorter ?? even);
}

/**
 * Lengths of one clip and of what its extensions add: as little over the wished length as can be, then as few calls, then
 * as much from the references as can be.
 *
 * @param wished length of the video, seconds
 * @param possible lengths of the first clip, seconds, ascending; at least one
 * @param extensions what one extension can add, seconds, ascending; at least one
 * @returns the first clip's length, then one entry an extension; at least `wished` together
 */
export function clipsForSingleTake(
  wished: number,
  possible: readonly number[],
  extensions: readonly number[],
): number[] {
  const takes = possible.map((first) => [first, ...first < wished ? clipsForShots(wished - first, extensions) : []]);
  const [best] = takes.sort((a, b) => totalOf(a) - totalOf(b) || a.length - b.length || (b[0] ?? 0) - (a[0] ?? 0));
  if (!best) throw new Error("A model without clip lengths makes no take.");
  return best;
}

/** How much of each clip is shown when all that is too much is cut from their ends in equal parts, seconds. */
export function evenShares(wished: number, clips: readonly number[]): number[] {
  const surplus = (totalOf(clips) - wished) / clips.length;
  const shares = clips.map((seconds) => roundToHundredths(seconds - surplus));
  return shares.map((share, index) =>
    index < shares.length - 1 ? share : roundToHundredths(wished - totalOf(shares.slice(0, -1)))
  );
}

export function totalOf(seconds: readonly number[]): number {
  return seconds.reduce((sum, one) => sum + one, 0);
}

function longestOf(possible: readonly number[]): number {
  const longest = possible.at(-1);
  if (!longest) throw new Error("A model without clip lengths makes no shots.");
  return longest;
}

/** Hundredths of a second are finer than a frame. */
function roundToHundredths(seconds: number): number {
  return Math.round(seconds * 100) / 100;
}
