/** A movie that is to be written: what its index will say. */
import type { Presentation } from "./movie.ts";

export interface SampleToWrite {
  /** Of its first byte, counted from the first byte of all media. */
  readonly offset: number;
  readonly bytes: number;
  /** Ticks of the track. */
  readonly duration: number;
  /** How much later than its decoding it is shown, ticks of the track; not negative. */
  readonly compositionOffset: number;
  readonly isSync: boolean;
}

export interface TrackToWrite {
  readonly kind: "video" | "audio";
  /** Ticks a second. */
  readonly timescale: number;
  readonly language: number;
  readonly picture: Presentation;
  readonly sampleEntry: Uint8Array;
  readonly rollDistance: number | null;
  readonly edit: EditToWrite;
  /** In decoding order; at least one. */
  readonly samples: readonly SampleToWrite[];
}

export interface EditToWrite {
  /** How long nothing is shown at first, ticks of the movie. */
  readonly delay: number;
  /** How long the media is shown, ticks of the movie. */
  readonly duration: number;
  /** Where in the media it begins, ticks of the track. */
  readonly mediaTime: number;
}

export interface MovieToWrite {
  /** Ticks a second. */
  readonly timescale: number;
  /** Ticks of the movie. */
  readonly duration: number;
  readonly tracks: readonly TrackToWrite[];
  /** How many bytes of media follow the head. */
  readonly mediaBytes: number;
}
