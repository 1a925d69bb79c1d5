/** Finds the strings of a JSON text while it passes in chunks of any size, without parsing or holding it. */

/** A stretch of JSON text; its bytes are valid until the next chunk. */
export type JsonPiece =
  /** Outside of strings, quotes not included. */
  | { readonly kind: "between"; readonly bytes: Uint8Array }
  /** Within a string, as it stands there; no escape is parted. */
  | { readonly kind: "text"; readonly bytes: Uint8Array }
  /** A string ended; of an empty one this is all there is. */
  | { readonly kind: "close" };

const quote = 0x22;
const backslash = 0x5c;
const letterU = 0x75;

/** `\uXXXX`; every other escape has two bytes. */
const unicodeEscapeBytes = 6;
const shortEscapeBytes = 2;

export class JsonStringScanner {
  #inString = false;
  /** The beginning of an escape whose end is in the next chunk. */
  #escape: number[] = [];

  /** The chunk's pieces in their order. An escape that began in the chunk before is given with its end. */
  *scan(chunk: Uint8Array): Generator<JsonPiece, void> {
    let at = 0;
    while (at < chunk.length) {
      if (this.#escape.length > 0) at = yield* this.#throughEscape(chunk, at);
      else at = yield* this.#inString ? this.#throughText(chunk, at) : this.#toString(chunk, at);
    }
  }

  *#toString(chunk: Uint8Array, from: number): Generator<JsonPiece, number> {
    const start = chunk.indexOf(quote, from);
    this.#inString = start >= 0;
    yield { kind: "between", bytes: chunk.subarray(from, start < 0 ? chunk.length : start) };
    return start < 0 ? chunk.length : start + 1;
  }

  *#throughText(chunk: Uint8Array, from: number): Generator<JsonPiece, number> {
    const close = closingQuote(chunk, from);
    const end = close < 0 ? partedEscape(chunk, from) : close;
    if (end > from) yield { kind: "text", bytes: chunk.subarray(from, end) };
    if (close < 0) {
      this.#escape = Array.from(chunk.subarray(end));
      return chunk.length;
    }
    this.#inString = false;
    yield { kind: "close" };
    return close + 1;
  }

  *#throughEscape(chunk: Uint8Array, from: number): Generator<JsonPiece, number> {
    this.#escape.push(...chunk.subarray(from, from + 1));
    if (isWhole(this.#escape)) {
      const bytes = Uint8Array.from(this.#escape);
      this.#escape = [];
      yield { kind: "text", bytes };
    }
    return from + 1;
  }
}

/** The first quote that is not escaped, -1 for none. @param from within a string, not within an escape */
function closingQuote(chunk: Uint8Array, from: number): number {
  let at = chunk.indexOf(quote, from);
  while (at >= 0 && isEscaped(chunk, from, at)) at = chunk.indexOf(quote, at + 1);
  return at;
}

/** Where an escape begins that the chunk's end cuts; the chunk's length when none does. */
function partedEscape(chunk: Uint8Array, from: number): number {
  const start = chunk.lastIndexOf(backslash);
  if (start < from || isEscaped(chunk, from, start)) return chunk.length;
  return isWhole(chunk.subarray(start, start + unicodeEscapeBytes)) ? chunk.length : start;
}

/** Whether an odd number of backslashes stands before the position. */
function isEscaped(chunk: Uint8Array, from: number, at: number): boolean {
  let first = at;
  while (first > from && chunk[first - 1] === backslash) first -= 1;
  return (at - first) % 2 === 1;
}

/** @param escape from its backslash on, and what follows */
function isWhole(escape: ArrayLike<number>): boolean {
  return escape.length >= (escape[1] === letterU ? unicodeEscapeBytes : shortEscapeBytes);
}
