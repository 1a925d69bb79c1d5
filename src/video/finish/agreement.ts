/** Whether clips can be parts of one video: one decoder for all pictures, one for all sound, and one rhythm. */
import { failed, type Outcome, succeeded } from "../../upstream/outcome.ts";
import type { Track } from "../mp4/movie.ts";
import type { Clip } from "./clip.ts";
import { decoderIdentity } from "./decoder-identity.ts";
import type { Pictures } from "./pictures.ts";

/** @returns the fault `invalid_request` of the first clip that does not go with the first one */
export function checkAgreement(clips: readonly Clip[]): Outcome<null> {
  const [first, ...others] = clips;
  for (const other of others) {
    const reason = first ? disagreement(first, other) : null;
    if (reason !== null) return failed("invalid_request", reason);
  }
  return succeeded(null);
}

function disagreement(first: Clip, other: Clip): string | null {
  if ((first.sound === null) !== (other.sound === null)) return "one clip has sound and another has none";
  if (!hasSameDecoders(first, other)) return "the clips' decoder configurations differ";
  if (!hasSameRate(first.pictures, other.pictures)) return "the clips have different numbers of frames a second";
  if (!first.sound || !other.sound) return null;
  // Not only as many seconds: the ticks of packets are samples of sound, which the decoder was set up for.
  const isSame = first.sound.timescale === other.sound.timescale && first.sound.packetTicks === other.sound.packetTicks;
  return isSame ? null : "the clips' packets of sound have different lengths";
}

/** Whether a frame is as long in both, exactly; a timescale may be a multiple of the other. */
function hasSameRate(one: Pictures, other: Pictures): boolean {
  return BigInt(one.frameTicks) * BigInt(other.timescale) === BigInt(other.frameTicks) * BigInt(one.timescale);
}

function hasSameDecoders({ movie }: Clip, other: Clip): boolean {
  if (!isSameDecoder("video", movie.video, other.movie.video)) return false;
  return !movie.audio || !other.movie.audio || isSameDecoder("audio", movie.audio, other.movie.audio);
}

function isSameDecoder(kind: "video" | "audio", one: Track, other: Track): boolean {
  const [first, second] = [decoderIdentity(kind, one.sampleEntry), decoderIdentity(kind, other.sampleEntry)];
  return first.length === second.length && first.every((byte, index) => byte === second[index]);
}
