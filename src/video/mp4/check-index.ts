/**
 * What an index asks of its reader, counted before it is read. Tables of runs take a few bytes for any number of samples,
 * and mediabunny takes a table wherever it lies, as often as it comes, and reads beyond the end of its box.
 */
import { type Allowance, depthMaximum } from "../allowance.ts";
import { checkDescriptions } from "./check-descriptions.ts";
import { checkTable } from "./check-table.ts";

/** Boxes that mediabunny looks into, wherever they are. */
const containers = new Set([
  ...["moov", "trak", "mdia", "minf", "dinf", "stbl", "edts", "sinf", "schi", "wave"],
  ...["mvex", "moof", "traf", "mfra"],
]);

/** Of protected videos: none of the models could see them, and each lists keys for four billion samples if it likes. */
const protection = new Set(["senc", "saiz", "saio"]);

/** Samples of a fragment, of all its tracks: the pictures and the sound of 45 minutes, if the file is one fragment. */
const fragmentSamplesMaximum = 300_000;

/** What has been found of a track and of a fragment so far. */
interface Found {
  decoded: number;
  delayed: number;
  inFragment: number;
}

export interface Movie {
  /** Of the whole file; a sample has at least one. */
  readonly fileBytes: number;
  readonly allowance: Allowance;
}

/** @throws {RangeError} when `index`, the content of a `moov`, `moof` or `mfra`, is not one that can be read in time */
export function checkIndex(index: Uint8Array, movie: Movie): void {
  const found = { decoded: 0, delayed: 0, inFragment: 0 };
  checkBoxes(index, movie, found, 0);
  checkTrack(found, movie);
}

function checkBoxes(bytes: Uint8Array, movie: Movie, found: Found, depth: number): void {
  if (depth > depthMaximum) throw new RangeError("Boxes of the index lie too deep in each other.");
  for (const { type, content } of boxesOf(bytes)) {
    movie.allowance.spend("boxes", 1);
    if (type === "trak") checkNewTrack(content, movie, depth);
    else if (containers.has(type)) checkBoxes(content, movie, found, depth + 1);
    else if (type === "udta") checkUserData(content, movie, found, depth);
    else if (type === "meta") checkBoxes(content.subarray(versionBytes(content)), movie, found, depth + 1);
    else if (type === "ilst") checkItems(content, movie);
    else checkContent(type, content, movie, found);
    // mediabunny sorts what it has of a fragment's samples at the end of each of these.
    if (type === "traf") movie.allowance.spend("frames", found.inFragment);
  }
}

function checkNewTrack(content: Uint8Array, movie: Movie, depth: number): void {
  movie.allowance.spend("tracks", 1);
  const found = { decoded: 0, delayed: 0, inFragment: 0 };
  checkBoxes(content, movie, found, depth + 1);
  checkTrack(found, movie);
}

/** With delays, mediabunny makes a list of all samples; else it leaves the runs as they are. */
function checkTrack({ decoded, delayed }: Found, { fileBytes, allowance }: Movie): void {
  if (delayed > 0) allowance.spend("unfolded", Math.max(decoded, delayed));
  if (decoded > fileBytes) throw new RangeError("The index claims more samples than the file has bytes.");
}

function checkContent(type: string, content: Uint8Array, movie: Movie, found: Found): void {
  if (protection.has(type)) throw new RangeError("The video is protected.");
  if (type === "stsd") return checkDescriptions(content, movie.allowance);
  const table = checkTable(type, content, movie);
  found.decoded += table.decoded ?? 0;
  found.delayed += table.delayed ?? 0;
  found.inFragment += table.inFragment ?? 0;
  if (found.inFragment > fragmentSamplesMaximum) throw new RangeError("A fragment claims too many samples.");
}

/** What others wrote into it is of any kind; only a `meta` is looked into. */
function checkUserData(content: Uint8Array, movie: Movie, found: Found, depth: number): void {
  if (depth > depthMaximum) throw new RangeError("Boxes of the index lie too deep in each other.");
  for (const { type, content: inside } of boxesOf(content)) {
    movie.allowance.spend("boxes", 1);
    if (type === "meta") checkBoxes(inside.subarray(versionBytes(inside)), movie, found, depth + 2);
  }
}

function checkItems(content: Uint8Array, { allowance }: Movie): void {
  for (const _ of boxesOf(content)) allowance.spend("boxes", 1);
}

/** QuickTime's `meta` begins with a box, that of ISO with a version and flags, all zero. */
function versionBytes(content: Uint8Array): number {
  return content[0] || content[1] || content[2] || content[3] ? 0 : 4;
}

/**
 * The boxes in `bytes` as mediabunny sees them: it ends at one shorter than its header. Of one that is longer than what
 * it is in, this is what there is; a table that is cut is found out by its count.
 */
function* boxesOf(bytes: Uint8Array): Generator<{ type: string; content: Uint8Array }, void> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  while (bytes.length - at >= 8) {
    const isLarge = view.getUint32(at) === 1;
    const size = isLarge ? Number(view.getBigUint64(at + 8)) : view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const headerBytes = isLarge ? 16 : 8;
    if (size < headerBytes) return;
    yield { type, content: bytes.subarray(at + headerBytes, at + size) };
    at += size;
  }
}
