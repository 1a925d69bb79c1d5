/**
 * Where a stretch that begins at a keyframe can end. Pure. Frames refer to others that are decoded earlier, also to such
 * that are shown later (a B-pyramid). What is kept is therefore always a beginning in decoding order.
 */

/** One coded picture of the video. */
export interface Picture {
  /** When it is shown. */
  readonly seconds: number;
  readonly bytes: number;
}

/** A point in decoding order up to which exactly the frames that are shown first are there. */
export interface CleanEnd {
  /** How many pictures of the stretch come before it, in decoding order, leading ones among them. */
  readonly pictures: number;
  /** When the first frame that is not kept would be shown. */
  readonly seconds: number;
  /** What an excerpt up to here has at most. */
  readonly bytes: number;
}

/** What an MP4 or WebM adds, at most: once, and for each picture. Measured for Veo's clips: 700 bytes, and 14 for each. */
const containerBytes = 4_096;
const bytesForEach = 48;

/** H.264 and HEVC decoders hold at most 16 pictures back, so that none is shown before so many decoded earlier. */
export const reorderMaximum = 32;

/**
 * Shown before the keyframe that they follow: they need what comes before it, and nothing that comes after them needs
 * them. That is how HEVC defines leading pictures (§3.1), and how encoders of H.264 build open groups.
 */
export function isLeading(picture: Picture, keyframe: Picture): boolean {
  return picture.seconds < keyframe.seconds;
}

/**
 * @param pictures in decoding order, from a keyframe on
 * @param end when the last of them has been shown, if no more of the video follows; else null
 * @returns ascending
 */
export function cleanEnds(pictures: readonly Picture[], end: number | null): CleanEnd[] {
  const [keyframe] = pictures;
  if (!keyframe) return [];
  const next = earliestFollowing(pictures, keyframe, end ?? -Infinity);
  const ends: CleanEnd[] = [];
  let latest = -Infinity;
  let bytes = containerBytes;
  // Behind what was looked at there can be more that is shown before the last of it.
  const certain = end === null ? pictures.length - reorderMaximum : pictures.length;
  for (const [index, picture] of pictures.entries()) {
    if (index >= certain) break;
    if (isLeading(picture, keyframe)) continue;
    latest = Math.max(latest, picture.seconds);
    bytes += picture.bytes + bytesForEach;
    const seconds = next[index + 1] ?? -Infinity;
    if (latest < seconds) ends.push({ pictures: index + 1, seconds, bytes });
  }
  return ends;
}

/** For each place, when the earliest of all frames from there on is shown; behind the last, the end. */
function earliestFollowing(pictures: readonly Picture[], keyframe: Picture, end: number): number[] {
  const earliest = new Array<number>(pictures.length + 1).fill(end);
  let least = Infinity;
  for (let index = pictures.length - 1; index >= 0; index--) {
    const picture = pictures[index];
    if (picture && !isLeading(picture, keyframe)) least = Math.min(least, picture.seconds);
    earliest[index] = least === Infinity ? end : least;
  }
  return earliest;
}
