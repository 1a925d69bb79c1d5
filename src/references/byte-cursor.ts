/**
 * Reads a file that arrives in chunks as if it were there at once. A parser is a generator that takes bytes from the
 * cursor and pauses when the chunk is used up; whoever has the next chunk resumes it. Nothing is held but the chunk and
 * what the parser took.
 */
import { Refusal } from "./refusal.ts";

/** A parser: pauses (yields) for the next chunk, returns what it found, throws a {@link Refusal}. */
export type Parsing<Found> = Generator<void, Found, void>;

export class ByteCursor {
  #chunk: Uint8Array = new Uint8Array();
  #at = 0;
  #ended = false;

  /** Gives the next chunk; the one before must be used up, as it is whenever the parser pauses. */
  supply(chunk: Uint8Array): void {
    this.#chunk = chunk;
    this.#at = 0;
  }

  /** Says that no chunk will follow. */
  finish(): void {
    this.#ended = true;
  }

  /** One byte. */
  *byte(): Parsing<number> {
    for (;;) {
      const value = this.#chunk[this.#at];
      if (value !== undefined) {
        this.#at++;
        return value;
      }
      yield* this.#pause();
    }
  }

  /** The next bytes, copied. @param length bounded by the caller */
  *take(length: number): Parsing<Uint8Array> {
    const taken = new Uint8Array(length);
    let filled = 0;
    while (filled < length) {
      if (this.#at === this.#chunk.length) yield* this.#pause();
      const piece = this.#chunk.subarray(this.#at, this.#at + length - filled);
      taken.set(piece, filled);
      filled += piece.length;
      this.#at += piece.length;
    }
    return taken;
  }

  *skip(length: number): Parsing<void> {
    let rest = length;
    while (rest > 0) {
      if (this.#at === this.#chunk.length) yield* this.#pause();
      const step = Math.min(rest, this.#chunk.length - this.#at);
      this.#at += step;
      rest -= step;
    }
  }

  /** Skips up to and including the next byte of this value. */
  *skipPast(value: number): Parsing<void> {
    for (;;) {
      const found = this.#chunk.indexOf(value, this.#at);
      if (found !== -1) {
        this.#at = found + 1;
        return;
      }
      yield* this.#pause();
    }
  }

  *#pause(): Parsing<void> {
    if (this.#ended) {
      throw new Refusal(
        "reference_unusable",
        "The file ends in the middle; it was cut off when it was saved or sent. Send the whole file.",
      );
    }
    yield;
  }
}
