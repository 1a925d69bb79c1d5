/** WebP (RFC 9649): a RIFF container of one picture, `VP8 ` (lossy) or `VP8L` (lossless), or with `VP8X` of more. */
import type { ByteCursor, Parsing } from "../byte-cursor.ts";
import { Refusal } from "../refusal.ts";
import type { ImageLayout } from "./inspector.ts";
import { exifBytesMaximum, readOrientation, upright } from "./orientation.ts";
import { partLimit } from "./part-limit.ts";

const riffHeaderBytes = 12;
const chunkHeaderBytes = 8;
const animationFlag = 0x02;
/** A still picture has seven kinds at most, each once; tools may add their own. */
const chunksMaximum = 1_000;
/** How many bytes of each chunk tell the size. */
const sizeBytes = { "VP8 ": 10, VP8L: 5, VP8X: 10 } as const;

interface Size {
  readonly width: number;
  readonly height: number;
}

export function* parseWebp(cursor: ByteCursor): Parsing<ImageLayout> {
  const riff = yield* cursor.take(riffHeaderBytes);
  let rest = new DataView(riff.buffer).getUint32(4, true) - 4;
  let canvas: Size | null = null;
  let picture: Size | null = null;
  let orientation: number | null = null;
  const countChunk = partLimit(chunksMaximum);
  while (rest >= chunkHeaderBytes) {
    countChunk();
    const { type, length } = yield* nextChunk(cursor);
    rest -= chunkHeaderBytes + length;
    // A chunk beyond its container: the picture may be whole, but who wrote this cannot be trusted to have finished.
    if (rest < 0) throw new Refusal("reference_unusable", "The WebP is damaged: its parts do not fit together.");
    if (type === "VP8X") canvas = sameSize(canvas, yield* readCanvas(cursor, length));
    else if (type === "VP8 ") picture = sameSize(canvas ?? picture, yield* readLossy(cursor, length));
    else if (type === "VP8L") picture = sameSize(canvas ?? picture, yield* readLossless(cursor, length));
    else if (type === "EXIF" && length <= exifBytesMaximum) orientation ??= readOrientation(yield* cursor.take(length));
    else yield* cursor.skip(length);
    const padding = Math.min(length % 2, rest);
    yield* cursor.skip(padding);
    rest -= padding;
  }
  if (!picture) throw new Refusal("reference_unusable", "The WebP has no picture in it.");
  return { ...sameSize(canvas, picture), orientation: orientation ?? upright };
}

/** A still picture fills its canvas (RFC 9649 §2.7). Else a small one could be announced, and a huge one decoded. */
function sameSize(announced: Size | null, found: Size): Size {
  if (!announced || (announced.width === found.width && announced.height === found.height)) return found;
  throw new Refusal("reference_unusable", "The WebP is damaged: it has two sizes.");
}

function* nextChunk(cursor: ByteCursor): Parsing<{ type: string; length: number }> {
  const head = yield* cursor.take(chunkHeaderBytes);
  return { type: String.fromCharCode(...head.subarray(0, 4)), length: new DataView(head.buffer).getUint32(4, true) };
}

/** Takes what tells the size and skips the rest of the chunk. */
function* readStart(cursor: ByteCursor, length: number, wanted: number): Parsing<DataView> {
  if (length < wanted) throw new Refusal("reference_unusable", "The WebP is damaged: a part of it is too short.");
  const start = yield* cursor.take(wanted);
  yield* cursor.skip(length - wanted);
  return new DataView(start.buffer);
}

/** The only chunk that tells of an animation before it has passed, so it is refused before the rest is read. */
function* readCanvas(cursor: ByteCursor, length: number): Parsing<Size> {
  if (length < sizeBytes.VP8X) throw new Refusal("reference_unusable", "The WebP is damaged: its header is too short.");
  const view = new DataView((yield* cursor.take(sizeBytes.VP8X)).buffer);
  if (view.getUint8(0) & animationFlag) {
    throw new Refusal("reference_unusable", "This WebP is animated. Send a still picture.");
  }
  yield* cursor.skip(length - sizeBytes.VP8X);
  const size24 = (offset: number) => view.getUint16(offset, true) + (view.getUint8(offset + 2) << 16) + 1;
  return { width: size24(4), height: size24(7) };
}

/** A VP8 key frame: 3 bytes of tag, the start code 9d 01 2a, then 14 bits for each side (RFC 6386 §9.1). */
function* readLossy(cursor: ByteCursor, length: number): Parsing<Size> {
  const view = yield* readStart(cursor, length, sizeBytes["VP8 "]);
  if (view.getUint16(3) !== 0x9d01 || view.getUint8(5) !== 0x2a) {
    throw new Refusal("reference_unusable", "The WebP is damaged: its picture does not begin where it should.");
  }
  return { width: view.getUint16(6, true) & 0x3fff, height: view.getUint16(8, true) & 0x3fff };
}

/** A VP8L stream: the byte 2f, then 14 bits for each side less one (RFC 9649 §3.4). */
function* readLossless(cursor: ByteCursor, length: number): Parsing<Size> {
  const view = yield* readStart(cursor, length, sizeBytes.VP8L);
  if (view.getUint8(0) !== 0x2f) {
    throw new Refusal("reference_unusable", "The WebP is damaged: its picture does not begin where it should.");
  }
  const bits = view.getUint32(1, true);
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
}
