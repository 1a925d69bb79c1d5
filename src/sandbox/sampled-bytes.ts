/** A file of which only the size, the beginning and the end are known: enough to tell what it is. */
import type { LongText } from "./long-text.ts";

export interface SampledBytes {
  readonly length: number;
  readonly head: Uint8Array;
  /** The last bytes; for a file that is held whole, empty. */
  readonly tail: Uint8Array;
}

/**
 * Decodes what is known of a base64 text.
 *
 * @param skipped characters before the base64 begins, for example `data:image/png;base64,`
 * @returns null when it is not base64, or was joined from pieces that were each padded
 */
export function decodeSample(text: LongText, skipped = 0): SampledBytes | null {
  const length = text.length - skipped;
  const paddingLength = text.first_padding < 0 ? 0 : text.length - text.first_padding;
  if (length <= 0 || length % 4 !== 0 || paddingLength > 2) return null;
  const head = text.head.slice(skipped);
  const tail = text.tail.slice((4 - (length - text.tail.length) % 4) % 4);
  try {
    return {
      length: length / 4 * 3 - paddingLength,
      head: Uint8Array.fromBase64(text.tail === "" ? head : head.slice(0, head.length - head.length % 4)),
      tail: Uint8Array.fromBase64(tail),
    };
  } catch {
    return null;
  }
}

/** The end of the file as far as it is known. */
export function endOf(sample: SampledBytes): Uint8Array {
  return sample.tail.byteLength > 0 ? sample.tail : sample.head;
}

/** Where `needle` begins in `bytes`, -1 for nowhere. */
export function findBytes(bytes: Uint8Array, needle: readonly number[]): number {
  const [first = 0] = needle;
  for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (needle.every((byte, offset) => bytes[at + offset] === byte)) return at;
  }
  return -1;
}

export function bytesOf(text: string): number[] {
  return [...text].map((character) => character.charCodeAt(0));
}

/** A number that is the same for the same file and spreads over 32 bits (FNV-1a). */
export function hashOf(sample: SampledBytes): number {
  let hash = (0x811c9dc5 ^ sample.length) >>> 0;
  for (const bytes of [sample.head, sample.tail]) {
    for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  }
  return hash;
}
