/** The memory one upload may hold: one part of an R2 multipart upload, filled again and again. */

/**
 * 5 MiB, the smallest part R2 takes (all parts but the last must be equal). Ten uploads at once then hold 50 MiB of the
 * isolate's 128 MB, whatever their size; a 100 MB video makes 20 parts of the 10,000 allowed.
 */
export const partBytes = 5 * 1_024 * 1_024;

/** For a body of unknown length, enough for most web pictures. */
const firstBytes = 512 * 1_024;

/** A buffer of at most {@link partBytes}. It starts small and grows once, so that small pictures stay cheap. */
export class PartBuffer {
  #bytes: Uint8Array;
  #filled = 0;

  /** @param bytesExpected what the sender announced, if anything; only a hint */
  constructor(bytesExpected: number | null = null) {
    this.#bytes = new Uint8Array(Math.min(bytesExpected ?? firstBytes, partBytes));
  }

  get isFull(): boolean {
    return this.#filled === partBytes;
  }

  /** What is in it now; valid until the next {@link append} or {@link clear}. */
  get content(): Uint8Array {
    return this.#bytes.subarray(0, this.#filled);
  }

  /** Copies as much of the chunk as fits and returns the rest of it, empty when all of it fitted. */
  append(chunk: Uint8Array): Uint8Array {
    const taken = Math.min(chunk.length, partBytes - this.#filled);
    if (this.#filled + taken > this.#bytes.length) this.#grow();
    this.#bytes.set(chunk.subarray(0, taken), this.#filled);
    this.#filled += taken;
    return chunk.subarray(taken);
  }

  clear(): void {
    this.#filled = 0;
  }

  #grow(): void {
    const grown = new Uint8Array(partBytes);
    grown.set(this.content);
    this.#bytes = grown;
  }
}
