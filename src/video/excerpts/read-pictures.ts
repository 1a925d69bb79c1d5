/** The pictures of a video track, as its index lists them. */
import { EncodedPacketSink, type InputVideoTrack } from "mediabunny";
import { isLeading, type Picture, reorderMaximum } from "./clean-ends.ts";

/** 80 s of nothing but keyframes at 60 a second; what comes after them is not cut. */
const keyframesMaximum = 5_000;

/** 3 s at 240 frames a second, and some to spare. */
const picturesMaximum = 1_000;

const listed = { metadataOnly: true };

/** @returns when the keyframes are shown, seconds, ascending; without those that the edit list hides */
export async function keyframeTimes(track: InputVideoTrack): Promise<number[]> {
  const sink = new EncodedPacketSink(track);
  const times = new Set<number>();
  let packet = await sink.getFirstKeyPacket(listed);
  for (let count = 0; packet && count < keyframesMaximum; count++) {
    // An edit list that is rounded can begin a little inside of the first frame.
    if (packet.timestamp + packet.duration / 2 >= 0) times.add(packet.timestamp);
    packet = await sink.getNextKeyPacket(packet, listed);
  }
  return [...times].toSorted((one, other) => one - other);
}

export interface Run {
  /** In decoding order, from a keyframe on. */
  readonly pictures: readonly Picture[];
  /** When the last of them has been shown, if it is the last of the video; else null. */
  readonly end: number | null;
}

/** The pictures from the keyframe shown at `start`, so many that all are among them that are shown before `end`. */
export async function readRun(track: InputVideoTrack, start: number, end: number): Promise<Run> {
  const sink = new EncodedPacketSink(track);
  const pictures: Picture[] = [];
  let packet = await sink.getKeyPacket(start, listed);
  if (packet?.timestamp !== start) return { pictures, end: null };
  let last = start;
  for (let beyond = 0; packet; packet = await sink.getNextPacket(packet, listed)) {
    pictures.push({ seconds: packet.timestamp, bytes: packet.byteLength });
    last = Math.max(last, packet.timestamp + packet.duration);
    if (packet.timestamp >= end) beyond++;
    if (beyond > reorderMaximum || pictures.length === picturesMaximum) return { pictures, end: null };
  }
  return { pictures, end: last };
}

export interface LoadedPicture extends Picture {
  readonly isKey: boolean;
  readonly data: Uint8Array;
}

/**
 * What is in the first `count` pictures of a run, without leading ones.
 *
 * @returns null when the keyframe is none, whatever the index says
 */
export async function loadPictures(
  track: InputVideoTrack,
  { pictures }: Run,
  count: number,
): Promise<LoadedPicture[] | null> {
  const sink = new EncodedPacketSink(track);
  const [keyframe] = pictures;
  if (!keyframe) return null;
  const loaded: LoadedPicture[] = [];
  let packet = await sink.getKeyPacket(keyframe.seconds, {});
  if (!packet || await track.determinePacketType(packet) === "delta") return null;
  for (const [index, picture] of pictures.slice(0, count).entries()) {
    const isWanted = !isLeading(picture, keyframe);
    if (index > 0) packet = packet && await sink.getNextPacket(packet, isWanted ? {} : listed);
    if (packet?.timestamp !== picture.seconds) return null;
    // A copy: the packets of a WebM are views of the whole cluster that they are in.
    if (isWanted) loaded.push({ ...picture, isKey: packet.type === "key", data: packet.data.slice() });
  }
  return loaded;
}
