/**
 * Reads a JSON body without holding its long strings: three pictures of 20 MB in base64 would not fit the isolate's
 * 128 MB. Each long string is replaced, while it passes, by an object that tells its length, its beginning and its end.
 */
import { longTextKey } from "./long-text.ts";
import { readChunks } from "./read-chunks.ts";

/** Strings up to this length stay whole; of longer ones this much is kept. Room for EXIF and a colour profile in base64. */
export const headBytesMaximum = 128 * 1024;
/** Room for the `moov` box of a short clip, which Veo's files have at the end, in base64. */
export const tailBytesMaximum = 64 * 1024;
/** What may remain of a body, its long strings shortened: enough for some dozen pictures. */
const remainderBytesMaximum = 16 * 1024 * 1024;

const quote = 0x22;
const backslash = 0x5c;
const padding = 0x3d;

export type ReadJson =
  | { readonly ok: true; readonly value: unknown; readonly bytes: number }
  | { readonly ok: false; readonly reason: "not_json" | "wrong_length" | "too_large"; readonly bytes: number };

/**
 * Reads and parses a JSON body, its long strings replaced (see {@link anyTextSchema} for how to read them back).
 *
 * @param declaredBytes what `Content-Length` said, or null when it said nothing
 */
export function readElidedJson(
  body: ReadableStream<Uint8Array> | null,
  declaredBytes: number | null,
): Promise<ReadJson> {
  return parseElidedJson(readChunks(body), declaredBytes);
}

/** {@link readElidedJson} of a request's body, with the length that it announces. */
export function readElidedBody({ headers, body }: Request) {
  const declared = headers.get("content-length");
  return readElidedJson(body, declared === null ? null : Number(declared));
}

/** {@link readElidedJson} of pieces of any size. */
export async function parseElidedJson(
  chunks: AsyncIterable<Uint8Array>,
  declaredBytes: number | null,
): Promise<ReadJson> {
  const elider = new LongStringElider();
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.byteLength;
    elider.push(chunk);
    if (elider.keptBytes > remainderBytesMaximum) return { ok: false, reason: "too_large", bytes };
  }
  if (declaredBytes !== null && declaredBytes !== bytes) return { ok: false, reason: "wrong_length", bytes };
  try {
    return { ok: true, value: JSON.parse(elider.text()), bytes };
  } catch {
    return { ok: false, reason: "not_json", bytes };
  }
}

class LongStringElider {
  readonly #kept: Uint8Array[] = [];
  readonly #string = new PassingString();
  #inString = false;
  #escaped = false;
  keptBytes = 0;

  push(chunk: Uint8Array): void {
    let at = 0;
    while (at < chunk.byteLength) at = this.#inString ? this.#throughString(chunk, at) : this.#toString(chunk, at);
  }

  /** What remains, as JSON text. */
  text(): string {
    const decoder = new TextDecoder();
    return this.#kept.map((piece) => decoder.decode(piece, { stream: true })).join("") + decoder.decode();
  }

  #keep(piece: Uint8Array): void {
    this.#kept.push(piece);
    this.keptBytes += piece.byteLength;
  }

  #toString(chunk: Uint8Array, from: number): number {
    const start = chunk.indexOf(quote, from);
    const end = start < 0 ? chunk.byteLength : start;
    this.#keep(chunk.slice(from, end));
    if (start < 0) return end;
    this.#inString = true;
    return start + 1;
  }

  #throughString(chunk: Uint8Array, from: number): number {
    if (this.#escaped) {
      this.#escaped = false;
      this.#string.append(chunk.subarray(from, from + 1));
      return from + 1;
    }
    const close = chunk.indexOf(quote, from);
    const plain = chunk.subarray(from, close < 0 ? chunk.byteLength : close);
    const escape = plain.indexOf(backslash);
    if (escape >= 0) {
      this.#escaped = true;
      this.#string.append(plain.subarray(0, escape + 1));
      return from + escape + 1;
    }
    this.#string.append(plain);
    if (close < 0) return chunk.byteLength;
    this.#keep(this.#string.finish());
    this.#inString = false;
    return close + 1;
  }
}

/** The string that is passing: its first and last bytes. Its two buffers serve one string after another. */
class PassingString {
  readonly #head = new Uint8Array(headBytesMaximum);
  readonly #tail = new Uint8Array(tailBytesMaximum);
  #length = 0;
  #tailLength = 0;
  #firstPadding = -1;

  append(piece: Uint8Array): void {
    if (this.#firstPadding < 0) {
      const at = piece.indexOf(padding);
      if (at >= 0) this.#firstPadding = this.#length + at;
    }
    const toHead = piece.subarray(0, Math.max(0, headBytesMaximum - this.#length));
    this.#head.set(toHead, this.#length < headBytesMaximum ? this.#length : 0);
    this.#appendTail(piece.subarray(toHead.byteLength));
    this.#length += piece.byteLength;
  }

  #appendTail(piece: Uint8Array): void {
    const last = piece.subarray(Math.max(0, piece.byteLength - tailBytesMaximum));
    const stays = Math.min(this.#tailLength, tailBytesMaximum - last.byteLength);
    this.#tail.copyWithin(0, this.#tailLength - stays, this.#tailLength);
    this.#tail.set(last, stays);
    this.#tailLength = stays + last.byteLength;
  }

  /** The string as JSON: itself with its quotes, or the object that stands for it. Ready for the next string after. */
  finish(): Uint8Array {
    const decoder = new TextDecoder();
    const head = decoder.decode(this.#head.subarray(0, Math.min(this.#length, headBytesMaximum)));
    const json = this.#length <= headBytesMaximum ? `"${head}"` : JSON.stringify({
      [longTextKey]: {
        length: this.#length,
        head,
        tail: decoder.decode(this.#tail.subarray(0, this.#tailLength)),
        first_padding: this.#firstPadding,
      },
    });
    this.#length = 0;
    this.#tailLength = 0;
    this.#firstPadding = -1;
    return new TextEncoder().encode(json);
  }
}
