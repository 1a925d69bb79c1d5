/** The edit list of a track (ISO/IEC 14496-12 §8.6.6). */
import { BoxReader } from "./box-reader.ts";
import { DamagedIndexError } from "./damaged-index.ts";
import type { Edit } from "./movie.ts";

/** 1 in fixed point with 16 bits after the point. */
const normalRate = 0x1_0000;

const wholeTrack: Edit = { delaySeconds: 0, mediaTime: 0, durationSeconds: null };

/**
 * @param content of `elst`; null when the track has none
 * @param movieTimescale ticks a second, in which the list counts durations
 * @throws {DamagedIndexError} for anything but one stretch at normal speed, after an empty one at most
 */
export function readEdit(content: Uint8Array | null, movieTimescale: number): Edit {
  if (!content) return wholeTrack;
  const reader = new BoxReader(content);
  const version = reader.version();
  const count = reader.uint32();
  if (count === 0) return wholeTrack;
  if (count > 2) throw new DamagedIndexError("a track has more than one edit");
  let delaySeconds = 0;
  let entry = readEntry(reader, version);
  if (entry.mediaTime === -1 && count === 2) {
    delaySeconds = entry.duration / movieTimescale;
    entry = readEntry(reader, version);
  } else if (count === 2) throw new DamagedIndexError("a track has more than one edit");
  if (entry.mediaTime < 0) throw new DamagedIndexError("the edit of a track begins before its media");
  // Only fragments may say 0, for "to the end"; some writers do so in plain files too.
  const durationSeconds = entry.duration === 0 ? null : entry.duration / movieTimescale;
  return { delaySeconds, mediaTime: entry.mediaTime, durationSeconds };
}

function readEntry(reader: BoxReader, version: number): { duration: number; mediaTime: number } {
  const duration = version === 1 ? reader.uint64() : reader.uint32();
  const mediaTime = version === 1 ? reader.int64() : reader.int32();
  if (reader.uint32() !== normalRate) throw new DamagedIndexError("a track is not played at its own speed");
  return { duration, mediaTime };
}
