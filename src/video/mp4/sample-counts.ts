/**
 * Whether an index claims numbers of samples that its file cannot have. Tables of runs take a few bytes for any number:
 * a file of a kilobyte can claim four billion samples, and a reader that unfolds them does nothing else for minutes.
 */
import { boxesIn, BoxReader } from "./box-reader.ts";
import { DamagedIndexError } from "./damaged-index.ts";

const containers = new Set(["trak", "mdia", "minf", "stbl", "traf"]);

/** Pictures of a day at 60 a second; only pictures have `ctts`. Sound can have a sample for each of its bytes. */
const picturesMaximum = 5_184_000;

/**
 * Samples of one chunk: a second of uncompressed sound at 192 kHz, and more. mediabunny goes through all of a chunk for
 * each sample that it looks up.
 */
const chunkSamplesMaximum = 262_144;

/**
 * @param index the content of a `moov` or `moof` box
 * @param fileBytes of the whole file; a sample has at least one
 * @throws DamagedIndexError when a box is longer than what it is in, or a table shorter than it says
 */
export function claimsTooManySamples(index: Uint8Array, fileBytes: number): boolean {
  return boxesIn(index).some(({ type, content }) => {
    if (containers.has(type)) return claimsTooManySamples(content, fileBytes);
    if (type === "stts") return samplesInRuns(content) > fileBytes;
    if (type === "ctts") return samplesInRuns(content) > picturesMaximum;
    if (type === "stsz" || type === "stz2") return countAfter(content, 8) > fileBytes;
    if (type === "stsc") return mostInChunk(content) > chunkSamplesMaximum;
    return type === "trun" && countAfter(content, 4) > fileBytes;
  });
}

/** `stts`, `ctts` (ISO/IEC 14496-12 §8.6.1): runs of a count and a value. */
function samplesInRuns(content: Uint8Array): number {
  const reader = new BoxReader(content);
  reader.version();
  const runs = reader.uint32();
  if (runs * 8 > reader.remaining) throw new DamagedIndexError("a table is shorter than it says");
  let samples = 0;
  for (let run = 0; run < runs; run++) {
    samples += reader.uint32();
    reader.skip(4);
  }
  return samples;
}

/** `stsz`, `stz2` (§8.7.3) after 8 bytes, `trun` (§8.8.8) after 4: how many samples there are. */
function countAfter(content: Uint8Array, bytes: number): number {
  const reader = new BoxReader(content);
  reader.skip(bytes);
  return reader.uint32();
}

/** `stsc` (§8.7.4): runs of a first chunk, how many samples each has, and their description. */
function mostInChunk(content: Uint8Array): number {
  const reader = new BoxReader(content);
  reader.version();
  const runs = reader.uint32();
  if (runs * 12 > reader.remaining) throw new DamagedIndexError("a table is shorter than it says");
  let most = 0;
  for (let run = 0; run < runs; run++) {
    reader.skip(4);
    most = Math.max(most, reader.uint32());
    reader.skip(4);
  }
  return most;
}
