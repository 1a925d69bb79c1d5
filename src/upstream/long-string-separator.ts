/** Parts a JSON text that passes in chunks into its long strings and all the rest. */
import { JsonStringScanner } from "./json-strings.ts";

/**
 * Strings of more bytes than this are long. Thought signatures and error messages, which may have tens of kB, are not;
 * of the videos only a toy is this short.
 */
export const shortStringBytesMaximum = 64 * 1_024;

/** A stretch of the text; its bytes are valid until the next chunk. */
export type SeparatedPiece =
  /** Text without long strings; in the place of each nothing is left, not even its quotes. */
  | { readonly kind: "rest"; readonly bytes: Uint8Array }
  /** Of a long string, as it stands there; no escape is parted. */
  | { readonly kind: "long"; readonly bytes: Uint8Array }
  | { readonly kind: "long_end" };

const quote = new TextEncoder().encode('"');

export class LongStringSeparator {
  readonly #scanner = new JsonStringScanner();
  /** The beginning of the string that passes, for as long as it may turn out short. */
  #held: Uint8Array[] = [];
  #bytes = 0;

  *scan(chunk: Uint8Array): Generator<SeparatedPiece, void> {
    for (const piece of this.#scanner.scan(chunk)) {
      if (piece.kind === "between") yield { kind: "rest", bytes: piece.bytes };
      else if (piece.kind === "close") yield* this.#close();
      else yield* this.#add(piece.bytes);
    }
  }

  *#add(bytes: Uint8Array): Generator<SeparatedPiece, void> {
    this.#bytes += bytes.length;
    if (!this.#isLong()) {
      this.#held.push(bytes.slice());
      return;
    }
    for (const held of this.#held) yield { kind: "long", bytes: held };
    this.#held = [];
    yield { kind: "long", bytes };
  }

  *#close(): Generator<SeparatedPiece, void> {
    if (this.#isLong()) {
      yield { kind: "long_end" };
    } else {
      for (const bytes of [quote, ...this.#held, quote]) yield { kind: "rest", bytes };
    }
    this.#held = [];
    this.#bytes = 0;
  }

  #isLong(): boolean {
    return this.#bytes > shortStringBytesMaximum;
  }
}
