/** The tracks of a finished video: each clip's frames begin exactly where those before it end. */
import type { Presentation, Sample } from "../mp4/movie.ts";
import type { SampleToWrite, TrackToWrite } from "../mp4/movie-to-write.ts";
import type { Clip } from "./clip.ts";
import type { Window } from "./lay-out.ts";

/** What is kept of a clip; the offsets are those in the finished file's media. */
export interface Part {
  readonly clip: Clip;
  readonly video: readonly Sample[];
  readonly audio: readonly Sample[];
}

/** The first clip gives the tracks what all clips have in common. */
export interface Parts {
  readonly first: Clip;
  readonly all: readonly Part[];
}

/**
 * All frames are decoded in a row, one frame's time each, and shown as much later as the clip that reorders most needs
 * it. The edit list takes that delay back, and hides what is only there for reference at the very end.
 *
 * @param parts in all but the last, the samples kept are the frames shown
 * @param frames how many are shown
 */
export function videoTrack({ first, all }: Parts, frames: number, window: Window | null): TrackToWrite {
  const { timescale, frameTicks } = first.pictures;
  const { language, picture, sampleEntry } = first.movie.video;
  const delayFrames = all.reduce((most, { clip }) => Math.max(most, clip.pictures.reorderFrames), 0);
  return {
    kind: "video",
    timescale,
    language,
    picture: window ? windowed(picture, window) : picture,
    sampleEntry: window?.sampleEntry ?? sampleEntry,
    rollDistance: null,
    edit: { delay: 0, duration: frames * frameTicks, mediaTime: delayFrames * frameTicks },
    samples: all.flatMap((part) => {
      const shownAt = timesShown(part, frames - framesBefore(all, part), frameTicks);
      return part.video.map(({ offset, bytes, isSync }, index): SampleToWrite => {
        const compositionOffset = delayFrames * frameTicks + (shownAt[index] ?? 0) - index * frameTicks;
        return { offset, bytes, isSync, duration: frameTicks, compositionOffset };
      });
    }),
  };
}

/** In all parts but the last, the samples are the frames shown. */
function framesBefore(parts: readonly Part[], part: Part): number {
  return parts.slice(0, parts.indexOf(part)).reduce((sum, { video }) => sum + video.length, 0);
}

/**
 * When each sample of a part is shown after the part's first, ticks. What is only there for reference comes right
 * behind the end, a tick apart: Chromium takes the latest of all times for the end of the video, whatever the edit list
 * says.
 *
 * @param frames how many of the part are shown
 */
function timesShown({ clip: { pictures }, video }: Part, frames: number, frameTicks: number): number[] {
  const ranks = video.map((_, index) => pictures.ranks[index] ?? index);
  const hidden = ranks.filter((rank) => rank >= frames).toSorted((one, other) => one - other);
  return ranks.map((rank) => rank < frames ? rank * frameTicks : frames * frameTicks + hidden.indexOf(rank));
}

/** In `tkhd`, 16 bits are after the point. */
const pixel = 0x1_0000;

function windowed({ matrix }: Presentation, { width, height }: Window): Presentation {
  return { matrix, width: width * pixel, height: height * pixel };
}

/**
 * The packets in a row. The edit list leaves out the first clip's priming, and ends where the picture ends.
 *
 * @param movie ticks a second, and how long the picture is shown in them
 * @returns null when the clips have no sound, or so little that none of it is shown
 */
export function soundTrack(
  { first: { movie: { audio }, sound }, all }: Parts,
  movie: { readonly timescale: number; readonly duration: number },
): TrackToWrite | null {
  if (!audio || !sound) return null;
  const { timescale, packetTicks, startTicks } = sound;
  const samples = all.flatMap((part) =>
    part.audio.map(({ offset, bytes, isSync }): SampleToWrite => {
      return { offset, bytes, isSync, duration: packetTicks, compositionOffset: 0 };
    })
  );
  const toMovie = (ticks: number) => Math.floor(ticks * movie.timescale / timescale);
  const end = Math.min(movie.duration, toMovie(samples.length * packetTicks - startTicks));
  const delay = toMovie(Math.max(0, -startTicks));
  if (end <= delay) return null;
  const edit = { delay, duration: end - delay, mediaTime: Math.max(0, startTicks) };
  const { language, picture, sampleEntry, rollDistance } = audio;
  return { kind: "audio", timescale, language, picture, sampleEntry, rollDistance, edit, samples };
}
