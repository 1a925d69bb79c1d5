/** The frames of a clip in the order they are shown, out of a track that has them in the order they are decoded. */
import { failed, type Outcome, succeeded } from "../../upstream/outcome.ts";
import type { Track } from "../mp4/movie.ts";

export interface Pictures {
  /** Ticks a second. */
  readonly timescale: number;
  /** How long one frame is shown, ticks. */
  readonly frameTicks: number;
  /** How many frames are shown; the track can have more that are only there for reference. */
  readonly frames: number;
  /** For each sample in decoding order: as which frame it is shown, counted from 0. */
  readonly ranks: readonly number[];
  /** How many frames later than its place in decoding order the first frame must be shown, so that none is late. */
  readonly reorderFrames: number;
  /** When the first frame is shown after the beginning of the file. */
  readonly startSeconds: number;
}

/** @returns the fault `invalid_request` when the frames do not follow each other evenly from a keyframe on */
export function picturesOf(track: Track): Outcome<Pictures> {
  const { timescale, samples } = track;
  const frameTicks = samples[0]?.duration ?? 0;
  const first = samples.reduce((earliest, sample) => Math.min(earliest, sample.compositionTime), Infinity);
  const ranks = samples.map(({ compositionTime }) => (compositionTime - first) / frameTicks);
  const frames = framesShown(track, frameTicks, first);
  if (!samples[0]?.isSync || ranks[0] !== 0) return refuse("it does not begin with a keyframe");
  if (first < track.edit.mediaTime - frameTicks / 2) return refuse("its first frames are hidden");
  // The last duration is often another one, as it follows from nothing.
  const isSteady = samples.slice(0, -1).every(({ duration }) => duration === frameTicks);
  if (frameTicks === 0 || !isSteady || !follows(ranks, frames)) {
    return refuse("its frames do not follow each other evenly");
  }
  if (frames < 1) return refuse("none of its frames is shown");
  const reorderFrames = ranks.reduce((most, rank, index) => Math.max(most, index - rank), 0);
  const startSeconds = track.edit.delaySeconds + (first - track.edit.mediaTime) / timescale;
  return succeeded({ timescale, frameTicks, frames, ranks, reorderFrames, startSeconds });
}

function refuse(reason: string): Outcome<never> {
  return failed("invalid_request", `a clip cannot be cut: ${reason}`);
}

/** Edit lists count in ticks of the movie, often milliseconds, so that the end is rounded to the nearest frame. */
function framesShown({ edit, timescale, samples }: Track, frameTicks: number, first: number): number {
  if (edit.durationSeconds === null) return samples.length;
  const ticks = edit.durationSeconds * timescale - (first - edit.mediaTime);
  return Math.min(samples.length, Math.round(ticks / frameTicks));
}

/** Whether each frame that is shown is there once, and no two samples are one frame; hidden ones may be anywhere. */
function follows(ranks: readonly number[], frames: number): boolean {
  const different = new Set(ranks);
  if (different.size !== ranks.length) return false;
  for (let rank = 0; rank < frames; rank++) if (!different.has(rank)) return false;
  return true;
}
