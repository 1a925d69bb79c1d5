/** Finds the index of an MP4 among its top-level boxes; the media between them is not read. */
import type { RangedSource } from "../../storage/task-files.ts";
import { BoxReader } from "./box-reader.ts";
import { DamagedIndexError } from "./damaged-index.ts";

/** The most an index may have, 16 MiB: that of a clip of 8 s has 7 kB, and the isolate's memory is for many tasks. */
const indexBytesMaximum = 16 * 1_024 * 1_024;

/** A plain file has about five boxes; a file of a thousand empty ones must not keep us busy. */
const boxesMaximum = 100;

/**
 * Read at once, 64 KiB: the boxes in front of the media with one read, and the index behind it with another. Each read
 * is a request to R2, of which an invocation may make only so many; a clip's index of 8 s fits nine times.
 */
const readBytes = 65_536;

/**
 * @returns the content of `moov`
 * @throws {DamagedIndexError} when there is none, it is cut off or too long, or the movie is in fragments; or what
 *   `source.read` throws
 */
export async function findIndex(source: RangedSource): Promise<Uint8Array> {
  const read = readAhead(source);
  let offset = 0;
  for (let boxes = 0; boxes < boxesMaximum && offset + 8 <= source.bytes; boxes++) {
    const header = readHeader(await read(offset, Math.min(offset + 16, source.bytes)), source.bytes - offset);
    const end = offset + header.size;
    if (end > source.bytes) throw new DamagedIndexError("the file is cut off");
    if (header.type === "moof") throw new DamagedIndexError("the movie is in fragments");
    if (header.type === "moov") return await readIndex(read, offset + header.headerBytes, end);
    offset = end;
  }
  throw new DamagedIndexError("the file has no index");
}

async function readIndex(read: RangedSource["read"], start: number, end: number): Promise<Uint8Array> {
  if (end - start > indexBytesMaximum) throw new DamagedIndexError("the index is longer than any real one");
  return await read(start, end);
}

interface Header {
  readonly type: string;
  /** Of the box with its header. */
  readonly size: number;
  readonly headerBytes: number;
}

/** Size and type (§4.2); size 1: 64 bits follow, size 0: up to the end of the file. */
function readHeader(bytes: Uint8Array, bytesLeft: number): Header {
  const reader = new BoxReader(bytes);
  const short = reader.uint32();
  const type = reader.type();
  const headerBytes = short === 1 ? 16 : 8;
  const size = short === 0 ? bytesLeft : short === 1 ? reader.uint64() : short;
  if (size < headerBytes) throw new DamagedIndexError("a box of the file has an impossible length");
  return { type, size, headerBytes };
}

/** Keeps what was read last, so that boxes beside each other cost one read. */
function readAhead(source: RangedSource): RangedSource["read"] {
  let kept = { start: 0, bytes: new Uint8Array() };
  return async (start, end) => {
    if (start < kept.start || end > kept.start + kept.bytes.length) {
      const wanted = Math.min(Math.max(end, start + readBytes), source.bytes);
      kept = { start, bytes: new Uint8Array(await source.read(start, wanted)) };
    }
    return kept.bytes.subarray(start - kept.start, end - kept.start);
  };
}
