/** What a picture tells of itself in its first and last bytes: the stand-in's own look at what it was sent. */
import { bytesOf, endOf, findBytes, type SampledBytes } from "./sampled-bytes.ts";

export interface Picture {
  readonly contentType: "image/jpeg" | "image/png" | "image/webp" | "image/gif";
  /** As stored, before any rotation; null when it is said later in the file than what is known of it. Pixels. */
  readonly size: { readonly width: number; readonly height: number } | null;
  /** What a JPEG's first comment says, which is invisible in it; null without one. */
  readonly comment: string | null;
  /** Whether the file has its proper end. */
  readonly complete: boolean;
}

/** @returns null for anything but a JPEG, PNG, WebP or GIF */
export function readPicture(sample: SampledBytes): Picture | null {
  const { head } = sample;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  if (startsWith(head, [0xff, 0xd8, 0xff])) {
    const complete = endsWithin(sample, [0xff, 0xd9]);
    return { contentType: "image/jpeg", size: jpegSize(view), comment: jpegComment(view), complete };
  }
  if (startsWith(head, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) {
    return {
      contentType: "image/png",
      size: pngSize(view),
      comment: null,
      complete: endsWithin(sample, bytesOf("IEND")),
    };
  }
  if (startsWith(head, bytesOf("RIFF")) && startsWith(head.subarray(8), bytesOf("WEBP")) && view.byteLength >= 30) {
    const complete = view.getUint32(4, true) + 8 <= sample.length;
    return { contentType: "image/webp", size: webpSize(view), comment: null, complete };
  }
  if (startsWith(head, bytesOf("GIF8")) && view.byteLength >= 10) {
    const size = { width: view.getUint16(6, true), height: view.getUint16(8, true) };
    return { contentType: "image/gif", size, comment: null, complete: endOf(sample).at(-1) === 0x3b };
  }
  return null;
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, at) => bytes[at] === byte);
}

/** Some cameras write more behind the end of the picture, so the end is looked for, not at a fixed place. */
function endsWithin(sample: SampledBytes, end: readonly number[]): boolean {
  return findBytes(endOf(sample), end) >= 0;
}

function pngSize(view: DataView): Picture["size"] {
  return view.byteLength < 24 ? null : { width: view.getUint32(16), height: view.getUint32(20) };
}

/** The start of frame (ITU T.81, B.2.2). */
function jpegSize(view: DataView): Picture["size"] {
  const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
  const at = findSegment(view, isFrame);
  return at === null ? null : { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
}

/** ITU T.81, B.2.4.5; taken for UTF-8. */
function jpegComment(view: DataView): string | null {
  const at = findSegment(view, (marker) => marker === 0xfe);
  if (at === null) return null;
  const start = view.byteOffset + at + 4;
  const length = Math.min(view.getUint16(at + 2) - 2, view.byteLength - at - 4);
  return length > 0 ? new TextDecoder().decode(new Uint8Array(view.buffer, start, length)) : null;
}

/** Walks the segments. @returns where the first such begins that has nine bytes or more */
function findSegment(view: DataView, isWanted: (marker: number) => boolean): number | null {
  let at = 2;
  while (at + 9 <= view.byteLength && view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1);
    if (isWanted(marker)) return at;
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2);
  }
  return null;
}

/** The three kinds of WebP say their size in three ways (RFC 9649). */
function webpSize(view: DataView): Picture["size"] {
  const kind = String.fromCharCode(view.getUint8(12), view.getUint8(13), view.getUint8(14), view.getUint8(15));
  if (kind === "VP8X") {
    return { width: 1 + (view.getUint32(24, true) & 0xffffff), height: 1 + (view.getUint32(26, true) >>> 8) };
  }
  if (kind === "VP8L") {
    const bits = view.getUint32(21, true);
    return { width: 1 + (bits & 0x3fff), height: 1 + (bits >>> 14 & 0x3fff) };
  }
  return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
}
