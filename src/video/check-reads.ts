/**
 * Looks at each index on its way to mediabunny: at what is about to be read, so that there is no way around. mediabunny
 * finds indexes by following boxes, by tables of places, and by searching, but it always reads the header by itself first.
 */
import type { RangedSource } from "../storage/task-files.ts";
import { Allowance } from "./allowance.ts";
import { checkIndex, type Movie } from "./mp4/check-index.ts";
import { checkElement, rootElements } from "./webm/check-element.ts";
import { readElementHeader } from "./webm/elements.ts";

/** What mediabunny reads of a header, unless the file ends before; in so few bytes nothing can be unfolded. */
const headerBytesMaximum = 16;

/**
 * What is handed out in all: the file four times, where two are needed, and 64 MiB for a thousand reads of 64 kB. A file
 * of a kilobyte could be read in circles.
 */
const passesMaximum = 4;
const bytesMaximum = 64 * 1_024 * 1_024;

/** @returns the source, whose reads fail with a RangeError where an index asks for more than any real one */
export function checkReads(source: RangedSource): RangedSource {
  const movie = { fileBytes: source.bytes, allowance: new Allowance() };
  const expected = new ExpectedIndexes();
  let bytesLeft = bytesMaximum + passesMaximum * source.bytes;
  return {
    bytes: source.bytes,
    async read(start, end) {
      bytesLeft -= end - start;
      if (bytesLeft < 0) throw new RangeError("The video is read in circles.");
      const bytes = await source.read(start, end);
      for (const index of expected.within(start, end)) index.check(bytes.subarray(index.start - start));
      // A read can begin before what mediabunny wants, to continue one before it; it never goes on behind.
      const headerStart = Math.max(start, end - headerBytesMaximum);
      const header = bytes.subarray(headerStart - start);
      for (const index of [boxOf(header, headerStart, movie), elementOf(header, headerStart, movie.allowance)]) {
        if (index) expected.add(index);
      }
      return bytes;
    },
  };
}

/** An index of which only the header has been read. Offsets in the file. */
interface ExpectedIndex {
  readonly start: number;
  /** Null when its length is not known: then mediabunny searches for what follows it. */
  readonly end: number | null;
  readonly check: (content: Uint8Array) => void;
}

/** Where the search ends there is another of unknown length; so this is one more than needed. */
const endlessMaximum = 3;

class ExpectedIndexes {
  /** By where they end, then by where they start. */
  readonly #byEnd = new Map<number, Map<number, ExpectedIndex>>();
  #endless: ExpectedIndex[] = [];

  add(index: ExpectedIndex): void {
    if (index.end === null) {
      this.#endless = [index, ...this.#endless.filter(({ start }) => start !== index.start)].slice(0, endlessMaximum);
      return;
    }
    const sameEnd = this.#byEnd.get(index.end) ?? new Map<number, ExpectedIndex>();
    this.#byEnd.set(index.end, sameEnd.set(index.start, index));
  }

  /** Those that are read with these bytes. */
  within(start: number, end: number): ExpectedIndex[] {
    const endless = this.#endless.filter((index) => end > index.start + headerBytesMaximum);
    const ended = this.#byEnd.get(end)?.values() ?? [];
    return [...endless, ...ended].filter((index) => index.start >= start && index.start < end);
  }
}

const indexTypes = new Set(["moov", "moof", "mfra"]);

function boxOf(header: Uint8Array, start: number, movie: Movie): ExpectedIndex | null {
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  if (header.length < headerBytesMaximum) return null;
  if (!indexTypes.has(String.fromCharCode(...header.subarray(4, 8)))) return null;
  const isLarge = view.getUint32(0) === 1;
  const size = isLarge ? Number(view.getBigUint64(8)) : view.getUint32(0);
  return {
    start: start + (isLarge ? 16 : 8),
    end: start + size,
    check: (content) => checkIndex(content, movie),
  };
}

function elementOf(bytes: Uint8Array, place: number, allowance: Allowance): ExpectedIndex | null {
  const header = readElementHeader(bytes);
  if (!header || !rootElements.has(header.id)) return null;
  const start = place + header.bytes;
  return {
    start,
    end: header.length === null ? null : start + header.length,
    check: (content) => checkElement(header.id, content, allowance),
  };
}
