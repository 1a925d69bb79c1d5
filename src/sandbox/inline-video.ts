/** JSON answers with videos in base64 inside, given piece by piece: none of them is ever a string. */

/** How much longer `large_inline_video` makes a file: in base64 with what else is held, more than half an isolate. */
export const largeVideoBytes = 48 * 1024 * 1024;

/** Three bytes are four characters of base64, so pieces of a multiple of three can be put together. */
const pieceBytes = 48 * 1024;
const boxHeaderBytes = 8;

/** A video that stands in an answer in base64; `JSON.stringify` leaves a mark in its place. */
export class InlineVideo {
  readonly #clip: Uint8Array;
  readonly #header: Uint8Array;
  readonly #bytes: number;
  readonly mark = `video:${crypto.randomUUID()}`;

  /** @param freeBytes how much longer the file is made, by a box that players skip */
  constructor(clip: Uint8Array, freeBytes = 0) {
    this.#clip = clip;
    this.#header = freeBytes > 0 ? freeBoxHeader(freeBytes) : new Uint8Array(0);
    this.#bytes = clip.byteLength + freeBytes;
  }

  toJSON(): string {
    return this.mark;
  }

  *base64(): Generator<string> {
    for (let at = 0; at < this.#bytes; at += pieceBytes) {
      yield this.#slice(at, Math.min(at + pieceBytes, this.#bytes)).toBase64();
    }
  }

  #slice(start: number, end: number): Uint8Array {
    const piece = new Uint8Array(end - start);
    const clip = this.#clip.subarray(start, end);
    piece.set(clip);
    const from = this.#clip.byteLength;
    if (end <= from) return piece;
    const header = this.#header.subarray(Math.max(0, start - from), Math.max(0, end - from));
    piece.set(header, clip.byteLength);
    return piece;
  }
}

function freeBoxHeader(bytes: number): Uint8Array {
  const header = new Uint8Array(boxHeaderBytes);
  new DataView(header.buffer).setUint32(0, bytes);
  header.set(new TextEncoder().encode("free"), 4);
  return header;
}

/** @param videos those that stand in `value`, in the order in which they do */
export function jsonWithVideos(value: unknown, videos: readonly InlineVideo[]): Response {
  const pieces = piecesOf(JSON.stringify(value), videos);
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const { value, done } = pieces.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
  });
  return new Response(body, { headers: { "content-type": "application/json" } });
}

function* piecesOf(json: string, videos: readonly InlineVideo[]): Generator<string, void> {
  let rest = json;
  for (const video of videos) {
    const at = rest.indexOf(video.mark);
    yield rest.slice(0, at);
    yield* video.base64();
    rest = rest.slice(at + video.mark.length);
  }
  yield rest;
}
