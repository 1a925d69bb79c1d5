/**
 * A movie as its index tells it (ISO/IEC 14496-12): which bytes of the file are which frame or packet, and when each is
 * shown. Times are in ticks of the track's own timescale.
 */

/** One coded picture, or one packet of sound. */
export interface Sample {
  /** Of its first byte in the file. */
  readonly offset: number;
  readonly bytes: number;
  /** Ticks. */
  readonly decodeTime: number;
  /** Ticks; before the edit list is applied. */
  readonly compositionTime: number;
  /** Ticks. */
  readonly duration: number;
  /** Whether decoding can start here. */
  readonly isSync: boolean;
}

/** What of a track is shown (§8.6.6): nothing for a while, then one stretch of its media. */
export interface Edit {
  /** How long nothing is shown at first. */
  readonly delaySeconds: number;
  /** Where in the media the stretch begins, ticks. */
  readonly mediaTime: number;
  /** How long it is; null: up to the end of the media. */
  readonly durationSeconds: number | null;
}

export interface Track {
  /** Ticks a second. */
  readonly timescale: number;
  /** Three letters packed into 15 bits (§8.4.2). */
  readonly language: number;
  readonly picture: Presentation;
  readonly edit: Edit;
  /** The one entry of `stsd`, with its header: what a decoder needs to know. */
  readonly sampleEntry: Uint8Array;
  /** How many packets earlier decoding must begin to give right sound, for AAC usually -1 (§10.1); null: not told. */
  readonly rollDistance: number | null;
  /** In decoding order; at least one. */
  readonly samples: readonly Sample[];
}

/** Of `tkhd` (§8.3.2), all in fixed point with 16 bits after the point; 0 by 0 for sound. */
export interface Presentation {
  readonly width: number;
  readonly height: number;
  /** Nine numbers of 32 bits: how the picture is turned. */
  readonly matrix: Uint8Array;
}

export interface Movie {
  readonly video: Track;
  readonly audio: Track | null;
}
