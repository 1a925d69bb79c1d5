/** The run-length coded tables of a track: one value for each sample (ISO/IEC 14496-12 §8.6.1, §8.7). */
import { BoxReader } from "./box-reader.ts";
import { DamagedIndexError } from "./damaged-index.ts";

/** `stts`: the duration of each sample, ticks. */
export function readDurations(content: Uint8Array, samples: number): number[] {
  const reader = new BoxReader(content);
  reader.version();
  return expandRuns(reader, samples, () => reader.uint32());
}

/**
 * `ctts`: how much later than its decoding each sample is shown, ticks. Version 1 allows negative numbers; files of
 * version 0 with negative ones exist too, and no real delay needs the highest bit, so both are read as signed.
 */
export function readCompositionOffsets(content: Uint8Array | null, samples: number): number[] {
  if (!content) return new Array<number>(samples).fill(0);
  const reader = new BoxReader(content);
  reader.version();
  return expandRuns(reader, samples, () => reader.int32());
}

/** Each run is a count and a value. The runs must give every sample a value and no more. */
function expandRuns(reader: BoxReader, samples: number, readValue: () => number): number[] {
  const values: number[] = [];
  for (let runs = reader.uint32(); runs > 0; runs--) {
    const count = reader.uint32();
    const value = readValue();
    if (count > samples - values.length) throw new DamagedIndexError("a table has more samples than there are");
    for (let index = 0; index < count; index++) values.push(value);
  }
  if (values.length !== samples) throw new DamagedIndexError("a table has fewer samples than there are");
  return values;
}

/** `stss`: at which samples decoding can start; without the box, at all of them. */
export function readSyncs(content: Uint8Array | null, samples: number): boolean[] {
  const syncs = new Array<boolean>(samples).fill(content === null);
  if (!content) return syncs;
  const reader = new BoxReader(content);
  reader.version();
  for (let left = reader.uint32(); left > 0; left--) {
    const number = reader.uint32();
    if (number < 1 || number > samples) throw new DamagedIndexError("a keyframe is none of the samples");
    syncs[number - 1] = true;
  }
  return syncs;
}
