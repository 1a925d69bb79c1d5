/** The tables of a track's samples (ISO/IEC 14496-12 §8.5 to §8.9). */
import { ascii, box, type Bytes, fullBox, uint16, uint32, uint32Table, uint64Table } from "./box-writer.ts";
import type { SampleToWrite, TrackToWrite } from "./movie-to-write.ts";

/** Where the media begins in the file, and whether chunks need offsets of 64 bits. */
export interface MediaPlace {
  readonly offset: number;
  readonly isWide: boolean;
}

/** @returns the box `stbl` */
export function writeTables(track: TrackToWrite, place: MediaPlace): Bytes {
  const { samples } = track;
  const chunks = chunksOf(samples);
  const parts = [
    fullBox("stsd", 0, 0, uint32(1), track.sampleEntry),
    fullBox("stts", 0, 0, runs(samples.map(({ duration }) => duration))),
  ];
  if (samples.some(({ compositionOffset }) => compositionOffset !== 0)) {
    parts.push(fullBox("ctts", 0, 0, runs(samples.map(({ compositionOffset }) => compositionOffset))));
  }
  if (samples.some(({ isSync }) => !isSync)) parts.push(writeSyncs(samples));
  parts.push(writeChunkRuns(chunks), writeSizes(samples));
  parts.push(writeChunkOffsets(chunks, place));
  if (track.rollDistance !== null) parts.push(...writeRoll(track.rollDistance, samples.length));
  return box("stbl", ...parts);
}

/** `stsz`, with a size for each sample. */
function writeSizes(samples: readonly SampleToWrite[]): Bytes {
  return fullBox("stsz", 0, 0, uint32(0, samples.length), uint32Table(samples.map(({ bytes }) => bytes)));
}

/** How many runs of equal values there are, then each as its length and its value. */
function runs(values: readonly number[]): Bytes {
  const coded: number[] = [];
  for (const [index, value] of values.entries()) {
    if (index > 0 && values[index - 1] === value) coded[coded.length - 2] = (coded[coded.length - 2] ?? 0) + 1;
    else coded.push(1, value);
  }
  return uint32Table([coded.length / 2, ...coded]);
}

function writeSyncs(samples: readonly SampleToWrite[]): Bytes {
  const numbers = samples.flatMap(({ isSync }, index) => isSync ? [index + 1] : []);
  return fullBox("stss", 0, 0, uint32Table([numbers.length, ...numbers]));
}

interface Chunk {
  readonly offset: number;
  readonly samples: number;
}

/** Samples whose bytes follow each other are one chunk. */
function chunksOf(samples: readonly SampleToWrite[]): Chunk[] {
  const chunks: { offset: number; samples: number }[] = [];
  let end = -1;
  for (const { offset, bytes } of samples) {
    const last = chunks.at(-1);
    if (last && offset === end) last.samples++;
    else chunks.push({ offset, samples: 1 });
    end = offset + bytes;
  }
  return chunks;
}

/** `stsc`: a run for each change in how many samples a chunk has; all with the one description. */
function writeChunkRuns(chunks: readonly Chunk[]): Bytes {
  const changes = chunks.flatMap(({ samples }, index) =>
    chunks[index - 1]?.samples === samples ? [] : [index + 1, samples, 1]
  );
  return fullBox("stsc", 0, 0, uint32Table([changes.length / 3, ...changes]));
}

function writeChunkOffsets(chunks: readonly Chunk[], { offset, isWide }: MediaPlace): Bytes {
  const offsets = chunks.map((chunk) => offset + chunk.offset);
  const count = uint32(offsets.length);
  if (isWide) return fullBox("co64", 0, 0, count, uint64Table(offsets));
  return fullBox("stco", 0, 0, count, uint32Table(offsets));
}

/** All samples in one group `roll` (§10.1): decoding begins so many packets earlier. */
function writeRoll(distance: number, samples: number): Bytes[] {
  return [
    fullBox("sgpd", 1, 0, ascii("roll"), uint32(2, 1), uint16(distance)),
    fullBox("sbgp", 0, 0, ascii("roll"), uint32(1, samples, 1)),
  ];
}
