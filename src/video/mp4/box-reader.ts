/** Reads the boxes of an index that is in memory: numbers in network order, and never a byte beyond the box. */
import { DamagedIndexError } from "./damaged-index.ts";

export class BoxReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get remaining(): number {
    return this.#bytes.length - this.#at;
  }

  skip(length: number): void {
    this.#advance(length);
  }

  take(length: number): Uint8Array {
    const start = this.#advance(length);
    return this.#bytes.subarray(start, start + length);
  }

  uint8(): number {
    return this.#view.getUint8(this.#advance(1));
  }

  uint16(): number {
    return this.#view.getUint16(this.#advance(2));
  }

  int16(): number {
    return this.#view.getInt16(this.#advance(2));
  }

  uint32(): number {
    return this.#view.getUint32(this.#advance(4));
  }

  int32(): number {
    return this.#view.getInt32(this.#advance(4));
  }

  /** 64 bits; a number that JavaScript cannot hold exactly is no offset or time of a real file. */
  uint64(): number {
    return exact(this.#view.getBigUint64(this.#advance(8)));
  }

  int64(): number {
    return exact(this.#view.getBigInt64(this.#advance(8)));
  }

  /** Four characters, one a byte. */
  type(): string {
    return String.fromCharCode(...this.take(4));
  }

  /** The version of a full box (§4.2); its flags are skipped. */
  version(): number {
    const version = this.uint8();
    this.skip(3);
    return version;
  }

  #advance(length: number): number {
    if (length > this.remaining) throw new DamagedIndexError("a box of the index ends before what it should hold");
    const start = this.#at;
    this.#at += length;
    return start;
  }
}

function exact(value: bigint): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new DamagedIndexError("a number in the index is absurd");
  return number;
}

/** A box inside the index, without its header. */
export interface Box {
  readonly type: string;
  readonly content: Uint8Array;
  /** With its header. */
  readonly whole: Uint8Array;
}

const headerBytes = 8;

/**
 * The boxes that follow each other in `bytes`. Fewer than 8 bytes at the end are padding.
 *
 * @throws {DamagedIndexError} when one of them is longer than what it is in
 */
export function boxesIn(bytes: Uint8Array): Box[] {
  const boxes: Box[] = [];
  let at = 0;
  while (bytes.length - at >= headerBytes) {
    const reader = new BoxReader(bytes.subarray(at));
    const size = reader.uint32();
    const type = reader.type();
    // Sizes 0 and 1 (to the end of the file, 64 bits) are for boxes that are not inside another one.
    if (size < headerBytes || at + size > bytes.length) {
      throw new DamagedIndexError(`the box ${printable(type)} has an impossible length`);
    }
    boxes.push({ type, content: bytes.subarray(at + headerBytes, at + size), whole: bytes.subarray(at, at + size) });
    at += size;
  }
  return boxes;
}

/** Bytes of the file in a note for the log: only what four letters can be. */
function printable(type: string): string {
  return /^[\x20-\x7e]{4}$/.test(type) ? `"${type}"` : "without a name";
}

export function findBox(boxes: readonly Box[], type: string): Uint8Array | null {
  return boxes.find((box) => box.type === type)?.content ?? null;
}

/** @throws {DamagedIndexError} when there is none */
export function requireBox(boxes: readonly Box[], type: string): Uint8Array {
  const content = findBox(boxes, type);
  if (!content) throw new DamagedIndexError(`the index has no box "${type}"`);
  return content;
}
