/** How many frames each clip gives to a video of several. */
import { failed, type Outcome, succeeded } from "../../upstream/outcome.ts";
import { cleanCuts, samplesForFrames } from "./cut-points.ts";

export interface ClipToShare {
  /** How many frames it has to show. */
  readonly frames: number;
  /** For each sample in decoding order: as which frame it is shown, counted from 0. */
  readonly ranks: readonly number[];
  /** How many it should show; the cut can be some frames beside. */
  readonly framesWished: number;
}

export interface Share {
  /** How many frames of the clip are shown. */
  readonly frames: number;
  /** How many samples are kept for that; more than `frames` only in the last clip. */
  readonly samples: number;
}

/**
 * The least of one clip. A keyframe right after a keyframe would need another `idr_pic_id` than it has (ITU-T H.264
 * §7.4.3), so no clip is cut down to its keyframe alone.
 */
const framesMinimum = 2;

/**
 * Inner clips are cut where it is clean, nearest to where the wishes so far add up to; so one cut's error is not the
 * next one's. The last clip is cut to the frame. When the clips have fewer frames than wanted, all they have is shown.
 *
 * @param frames how many the video is to have
 * @returns for each clip what it gives, or the fault `invalid_request` when there is no room for all clips
 */
export function shareFrames(clips: readonly ClipToShare[], frames: number): Outcome<Share[]> {
  const shares: Share[] = [];
  let done = 0;
  let wished = 0;
  for (const [index, clip] of clips.entries()) {
    wished += clip.framesWished;
    const others = clips.slice(index + 1);
    const left = frames - done;
    if (left < 1) return failed("invalid_request", "the video is too short for so many clips");
    const share = others.length === 0 ? exactShare(clip, left) : cleanShare(clip, wished - done, left, others);
    shares.push(share);
    done += share.frames;
  }
  return succeeded(shares);
}

function exactShare({ frames, ranks }: ClipToShare, left: number): Share {
  const shown = Math.min(frames, left);
  return { frames: shown, samples: samplesForFrames(ranks, shown) };
}

/** @param others the clips after this one: they can give only so much, and want something each */
function cleanShare(
  { ranks, frames }: ClipToShare,
  framesWished: number,
  left: number,
  others: readonly ClipToShare[],
): Share {
  const least = left - others.reduce((sum, other) => sum + other.frames, 0);
  const most = left - others.length * framesMinimum;
  const possible = cleanCuts(ranks, frames).filter((cut) => cut >= framesMinimum && cut <= most);
  const enough = possible.filter((cut) => cut >= least);
  // Never empty: the first sample is the first frame, so there is a clean cut behind it.
  const cut = nearest(enough, framesWished) ?? possible.at(-1) ?? 1;
  return { frames: cut, samples: cut };
}

function nearest(values: readonly number[], wanted: number): number | null {
  return values.reduce<number | null>((best, value) => {
    return best === null || Math.abs(value - wanted) < Math.abs(best - wanted) ? value : best;
  }, null);
}
