/** The whole of a finished file before a byte of its media is read: its head, and which bytes of which clip follow. */
import { failed, type Outcome, succeeded } from "../../upstream/outcome.ts";
import type { Sample } from "../mp4/movie.ts";
import { writeHead } from "../mp4/write-head.ts";
import { type ByteRun, bytesIn, placesIn, runsOf } from "./byte-runs.ts";
import type { Clip, ClipFile } from "./clip.ts";
import type { Share } from "./shares.ts";
import { shareSound, type SoundShare } from "./sound.ts";
import { type Part, soundTrack, videoTrack } from "./timeline.ts";

/** What is shown of each frame, when it is not all of it. */
export interface Window {
  /** In place of the clips' own. */
  readonly sampleEntry: Uint8Array;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

export interface Layout {
  /** All that comes before the media. */
  readonly head: Uint8Array;
  /** In order; of each clip, runs in the order of its file. */
  readonly media: readonly { readonly file: ClipFile; readonly runs: readonly ByteRun[] }[];
  /** Of the whole file. */
  readonly bytes: number;
  readonly frames: number;
  readonly durationSeconds: number;
}

/** The times of an index are numbers of 32 bits; half of that is hours for a real timescale. */
const ticksMaximum = 0x7fff_ffff;

/**
 * @param clips that agree, at least one
 * @param shares one for each clip
 * @param window null to show the whole picture
 */
export function layOut(clips: readonly Clip[], shares: readonly Share[], window: Window | null): Outcome<Layout> {
  const [first] = clips;
  if (!first) return failed("invalid_request", "there is no clip");
  const { timescale, frameTicks } = first.pictures;
  const frames = shares.reduce((sum, share) => sum + share.frames, 0);
  const duration = frames * frameTicks;
  if (duration > ticksMaximum) return failed("invalid_request", "a clip's timescale is absurd");
  const sounds = shareSoundOf(clips, shares);
  if (!sounds.ok) return sounds;
  const kept = clips.map((clip, index) => keep(clip, shares[index], sounds.value[index]));
  const media = kept.map(({ clip, video, audio }) => ({ file: clip.file, runs: runsOf([...video, ...audio]) }));
  const parts = { first, all: placed(kept, media) };
  const video = videoTrack(parts, frames, window);
  const audio = soundTrack(parts, { timescale, duration });
  const mediaBytes = media.reduce((sum, { runs }) => sum + bytesIn(runs), 0);
  const head = writeHead({ timescale, duration, tracks: audio ? [video, audio] : [video], mediaBytes });
  return succeeded({ head, media, bytes: head.length + mediaBytes, frames, durationSeconds: duration / timescale });
}

function shareSoundOf(clips: readonly Clip[], shares: readonly Share[]): Outcome<SoundShare[]> {
  const sounds = clips.flatMap(({ sound }) => sound ?? []);
  const seconds = clips.map(({ pictures: { frameTicks, timescale } }, index) =>
    (shares[index]?.frames ?? 0) * frameTicks / timescale
  );
  return shareSound(sounds, seconds);
}

/** @returns the clip's samples that are kept, with their offsets in the clip */
function keep(clip: Clip, share: Share | undefined, sound: SoundShare | undefined): Part {
  const { video, audio } = clip.movie;
  const { first, packets } = sound ?? { first: 0, packets: 0 };
  return {
    clip,
    video: video.samples.slice(0, share?.samples ?? 0),
    audio: audio?.samples.slice(first, first + packets) ?? [],
  };
}

/** Gives each sample its place in the media of the whole file. */
function placed(parts: readonly Part[], media: Layout["media"]): Part[] {
  let before = 0;
  return parts.map(({ clip, video, audio }, index) => {
    const runs = media[index]?.runs ?? [];
    const offsets = [...video, ...audio].map(({ offset }) => offset).toSorted((one, other) => one - other);
    const places = placesIn(runs, offsets);
    const start = before;
    before += bytesIn(runs);
    const place = (sample: Sample) => ({ ...sample, offset: start + (places.get(sample.offset) ?? 0) });
    return { clip, video: video.map(place), audio: audio.map(place) };
  });
}
