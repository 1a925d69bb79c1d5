/** What one upload holds in memory: one part of an R2 multipart upload, filled again and again. */
import { partBytes, type PartLoan, type PartMemory, uploadPartMemory } from "./part-memory.ts";

/** Enough for most web pictures. Larger bodies go on in memory of {@link partBytes}, which may have to be waited for. */
export const firstBytes = 512 * 1_024;

const nothing = new Uint8Array();

/** A buffer of at most {@link partBytes}. It starts small and grows once, so that small pictures stay cheap. */
export class PartBuffer {
  readonly #memory: PartMemory;
  readonly #firstBytes: number;
  #bytes: Uint8Array = nothing;
  #filled = 0;
  #loan: PartLoan | null = null;

  /**
   * @param bytesExpected what the sender announced, if anything; only a hint
   * @param memory what it grows into: one that all uploads share, so that they cannot fill the isolate together
   */
  constructor(bytesExpected: number | null = null, memory: PartMemory = uploadPartMemory) {
    this.#firstBytes = Math.min(bytesExpected ?? firstBytes, firstBytes);
    this.#memory = memory;
  }

  get isFull(): boolean {
    return this.#filled === partBytes;
  }

  /** What is in it now; valid until the next {@link append}, {@link clear} or {@link release}. */
  get content(): Uint8Array {
    return this.#bytes.subarray(0, this.#filled);
  }

  /**
   * Copies as much of the chunk as fits and returns the rest of it, empty when all of it fitted.
   *
   * @throws what the memory refuses with
   */
  async append(chunk: Uint8Array): Promise<Uint8Array> {
    const taken = Math.min(chunk.length, partBytes - this.#filled);
    if (this.#filled + taken > this.#bytes.length) await this.#reserve(this.#filled + taken);
    this.#bytes.set(chunk.subarray(0, taken), this.#filled);
    this.#filled += taken;
    this.#loan?.onReceived(taken);
    return chunk.subarray(taken);
  }

  clear(): void {
    this.#filled = 0;
  }

  /** Gives all memory back. The buffer may be used again, and begins small again. */
  release(): void {
    this.#filled = 0;
    this.#bytes = nothing;
    this.#loan?.giveBack();
    this.#loan = null;
  }

  async #reserve(bytes: number): Promise<void> {
    if (bytes <= this.#firstBytes) {
      this.#bytes = new Uint8Array(this.#firstBytes);
      return;
    }
    this.#loan = await this.#memory.lend();
    this.#loan.bytes.set(this.content);
    this.#bytes = this.#loan.bytes;
  }
}
