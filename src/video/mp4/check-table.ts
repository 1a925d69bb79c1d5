/** One table of an index: whether it is in its box as a whole, and what unfolding it would cost. */
import type { Movie } from "./check-index.ts";

/**
 * Samples of one chunk: a second of uncompressed sound at 192 kHz, and more. mediabunny goes through all of a chunk for
 * each sample that it looks up.
 */
const chunkSamplesMaximum = 262_144;

export interface Unfolded {
  /** Samples that have a duration by this table. */
  readonly decoded?: number;
  /** Samples that have a delay by this table. */
  readonly delayed?: number;
  readonly inFragment?: number;
}

/**
 * @param content of a box of this type, which need not be a table
 * @throws {RangeError} when it holds less than it says, or costs more than is allowed
 */
export function checkTable(type: string, content: Uint8Array, movie: Movie): Unfolded {
  const check = tables.get(type);
  return check?.(new DataView(content.buffer, content.byteOffset, content.byteLength), movie) ?? {};
}

type Check = (content: DataView, movie: Movie) => Unfolded | void;

/** ISO/IEC 14496-12 §8.6 to §8.8, and QuickTime's `keys`. */
const tables: ReadonlyMap<string, Check> = new Map<string, Check>([
  ["stts", (content, movie) => ({ decoded: checkTimes(content, movie) })],
  ["ctts", (content, movie) => ({ delayed: checkTimes(content, movie) })],
  ["stsc", checkChunkRuns],
  ["stss", (content, { allowance }) => allowance.spend("numbers", entries(content, 4, 4))],
  ["stco", (content, { allowance }) => allowance.spend("numbers", entries(content, 4, 4))],
  ["co64", (content, { allowance }) => allowance.spend("numbers", entries(content, 4, 8))],
  [
    "elst",
    (content, { allowance }) => allowance.spend("runs", entries(content, 4, content.getUint8(0) === 1 ? 20 : 12)),
  ],
  ["stsz", checkSizes],
  ["stz2", checkCompactSizes],
  ["trun", checkFragmentRun],
  ["tfra", checkAccess],
  ["keys", checkKeys],
]);

/** The count at `place`, if so many entries follow it: mediabunny would read on in the next box. */
function entries(content: DataView, place: number, entryBytes: number, start = place + 4): number {
  const count = content.getUint32(place);
  if (count * entryBytes > content.byteLength - start) throw new RangeError("A table is shorter than it says.");
  return count;
}

/** Runs of a count and a value. */
function checkTimes(content: DataView, { allowance }: Movie): number {
  const runs = entries(content, 4, 8);
  allowance.spend("runs", runs);
  let samples = 0;
  for (let run = 0; run < runs; run++) samples += content.getUint32(8 + 8 * run);
  return samples;
}

/** Runs of a first chunk, how many samples each has, and their description. */
function checkChunkRuns(content: DataView, { allowance }: Movie): void {
  const runs = entries(content, 4, 12);
  allowance.spend("runs", runs);
  for (let run = 0; run < runs; run++) {
    if (content.getUint32(12 + 12 * run) > chunkSamplesMaximum) throw new RangeError("A chunk has too many samples.");
  }
}

/** One size for all, or a table. */
function checkSizes(content: DataView, { allowance, fileBytes }: Movie): void {
  if (content.getUint32(4) === 0) allowance.spend("numbers", entries(content, 8, 4));
  else if (content.getUint32(8) > fileBytes) throw new RangeError("There are more samples than the file has bytes.");
}

const compactSizesBits = [4, 8, 16];

function checkCompactSizes(content: DataView, { allowance }: Movie): void {
  const bits = content.getUint8(7);
  if (!compactSizesBits.includes(bits)) throw new RangeError("Samples have sizes of an impossible width.");
  allowance.spend("numbers", entries(content, 8, bits / 8));
}

/** Which of duration, size, flags and delay each sample of a run has (§8.8.8), and what precedes them once. */
const sampleFields = [0x100, 0x200, 0x400, 0x800];
const runFields = [0x1, 0x4];

function checkFragmentRun(content: DataView, { allowance }: Movie): Unfolded {
  const flags = content.getUint32(0);
  const present = (fields: readonly number[]) => 4 * fields.filter((field) => flags & field).length;
  const inFragment = entries(content, 4, present(sampleFields), 8 + present(runFields));
  allowance.spend("frames", inFragment);
  return { inFragment };
}

/** Times and places of 32 or 64 bits, then three numbers of 1 to 4 bytes each (§8.8.10). */
function checkAccess(content: DataView, { allowance }: Movie): void {
  const widths = content.getUint32(8);
  const numberBytes = 3 + ((widths >> 4) & 3) + ((widths >> 2) & 3) + (widths & 3);
  allowance.spend("cues", entries(content, 12, (content.getUint8(0) === 1 ? 16 : 8) + numberBytes));
}

/** Each with its length. mediabunny goes on at the end of a key, and with a length of zero that is where it began. */
function checkKeys(content: DataView, { allowance }: Movie): void {
  const keys = content.getUint32(4);
  allowance.spend("boxes", keys);
  let at = 8;
  for (let left = keys; left > 0; left--) {
    const length = content.getUint32(at);
    if (length < 8) throw new RangeError("A key is shorter than its length.");
    at += length;
  }
}
