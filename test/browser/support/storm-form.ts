/** Large forms, made while they are sent: none of them is ever in memory. */
import { readFile } from "node:fs/promises";

const sample = new URL("../../../src/sandbox/samples/emerald-ring-front.jpg", import.meta.url);
const picture = await readFile(sample);

const boundary = "storm";
export const formContentType = `multipart/form-data; boundary=${boundary}`;

const filler = new Uint8Array(1_000_000).fill(0x5a);
/** The beginning of an MP4, and nothing of a film: what it is shows only at its end. */
const mp4Head = "\0\0\0\x18ftypisom\0\0\0\0isommp42\x05\xf5\xe1\0mdat";

type Pieces = Generator<Uint8Array, void>;

/** A real picture, and as many bytes of a video that is none. The form has no end yet. */
export function* worthlessVideo(bytes: number): Pieces {
  yield fileHead("reference_image1");
  yield picture;
  yield fileHead("video_reference");
  yield Uint8Array.from(mp4Head, (character) => character.charCodeAt(0));
  yield* fill(bytes);
}

/** A picture that goes on for as many bytes. The form has no end yet. */
export function* endlessPicture(bytes: number): Pieces {
  yield fileHead("reference_image1");
  yield picture.subarray(0, -2);
  yield* fill(bytes);
}

export function* ended(form: Iterable<Uint8Array>): Pieces {
  yield* form;
  yield new TextEncoder().encode(`\r\n--${boundary}--\r\n`);
}

/** As HTTP sends it when it does not know the length (RFC 9112 §7.1). */
export function* chunked(body: Iterable<Uint8Array>): Pieces {
  const encoder = new TextEncoder();
  for (const piece of body) {
    yield encoder.encode(`${piece.length.toString(16)}\r\n`);
    yield piece;
    yield encoder.encode("\r\n");
  }
  yield encoder.encode("0\r\n\r\n");
}

export function lengthOf(body: Iterable<Uint8Array>): number {
  let bytes = 0;
  for (const piece of body) bytes += piece.length;
  return bytes;
}

function* fill(bytes: number): Pieces {
  for (let left = bytes; left > 0; left -= filler.length) yield filler.subarray(0, left);
}

function fileHead(name: string): Uint8Array {
  const head = `\r\n--${boundary}\r\nContent-Disposition: form-data; name="${name}"; filename="${name}.bin"\r\n\r\n`;
  return new TextEncoder().encode(head);
}
