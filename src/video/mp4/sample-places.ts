/** Where the samples of a track are in the file (ISO/IEC 14496-12 §8.7): sizes, chunks, and samples in each chunk. */
import { BoxReader } from "./box-reader.ts";
import { DamagedIndexError } from "./damaged-index.ts";

/**
 * The most samples of one track: the longest single take, 148 s, has 7,000 packets of sound. A table of equal sizes
 * takes no bytes for each, so a short file could claim four billion.
 */
const samplesMaximum = 50_000;

/** `stsz`: the bytes of each sample. */
export function readSizes(content: Uint8Array): number[] {
  const reader = new BoxReader(content);
  reader.version();
  const size = reader.uint32();
  const count = reader.uint32();
  if (count > samplesMaximum) throw new DamagedIndexError(`a track has more than ${samplesMaximum} samples`);
  return Array.from({ length: count }, () => size === 0 ? reader.uint32() : size);
}

/** `stco` or `co64`: where each chunk begins. */
function readChunkOffsets(content: Uint8Array, wide: boolean): number[] {
  const reader = new BoxReader(content);
  reader.version();
  const count = reader.uint32();
  if (count > samplesMaximum) throw new DamagedIndexError(`a track has more than ${samplesMaximum} chunks`);
  return Array.from({ length: count }, () => wide ? reader.uint64() : reader.uint32());
}

interface ChunkRun {
  /** Counted from 1. */
  readonly firstChunk: number;
  readonly samplesEach: number;
}

/** `stsc`: from which chunk on a chunk has how many samples. */
function readChunkRuns(content: Uint8Array): ChunkRun[] {
  const reader = new BoxReader(content);
  reader.version();
  const count = reader.uint32();
  if (count > samplesMaximum) throw new DamagedIndexError("a track has absurdly many runs of chunks");
  return Array.from({ length: count }, () => {
    const run = { firstChunk: reader.uint32(), samplesEach: reader.uint32() };
    if (reader.uint32() !== 1) throw new DamagedIndexError("a sample has another description than the first");
    return run;
  });
}

export interface PlaceTables {
  readonly sizes: readonly number[];
  readonly stsc: Uint8Array;
  readonly chunks: { readonly content: Uint8Array; readonly wide: boolean };
}

/** @returns the offset of each sample in the file; that it lies within the file is for the caller to check */
export function readOffsets({ sizes, stsc, chunks }: PlaceTables): number[] {
  const runs = readChunkRuns(stsc);
  const offsets: number[] = [];
  let run = -1;
  for (const [index, chunkOffset] of readChunkOffsets(chunks.content, chunks.wide).entries()) {
    if (runs[run + 1]?.firstChunk === index + 1) run++;
    const samplesEach = runs[run]?.samplesEach ?? 0;
    if (samplesEach > sizes.length - offsets.length) throw new DamagedIndexError("a chunk has more samples than exist");
    let offset = chunkOffset;
    for (let left = samplesEach; left > 0; left--) {
      offsets.push(offset);
      offset += sizes[offsets.length - 1] ?? 0;
    }
  }
  if (offsets.length !== sizes.length) throw new DamagedIndexError("some samples are in no chunk");
  return offsets;
}
