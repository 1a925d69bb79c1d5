/** PNG (W3C Recommendation, third edition): chunks that tell their length, from IHDR to IEND. */
import type { ByteCursor, Parsing } from "../byte-cursor.ts";
import { Refusal } from "../refusal.ts";
import type { ImageLayout } from "./inspector.ts";
import { exifBytesMaximum, readOrientation, upright } from "./orientation.ts";
import { partLimit } from "./part-limit.ts";

const signatureBytes = 8;
const checksumBytes = 4;
const headerChunkBytes = 13;
const animationChunkBytes = 8;
/** Writers divide the pixels into chunks of 8 kB; even at 1 kB, 20 MB are 20,000. */
const chunksMaximum = 50_000;
/** The specification keeps lengths under 2³¹. */
const chunkBytesMaximum = 0x7fff_ffff;

export function* parsePng(cursor: ByteCursor): Parsing<ImageLayout> {
  yield* cursor.skip(signatureBytes);
  const size = yield* readHeader(cursor);
  let orientation: number | null = null;
  let hasData = false;
  const countChunk = partLimit(chunksMaximum);
  for (;;) {
    countChunk();
    const { type, length } = yield* nextChunk(cursor);
    if (type === "IHDR") throw new Refusal("reference_unusable", "The PNG is damaged: it has two headers.");
    if (type === "acTL" && length === animationChunkBytes) yield* refuseAnimation(cursor);
    else if (type === "eXIf" && length <= exifBytesMaximum) orientation ??= readOrientation(yield* cursor.take(length));
    else yield* cursor.skip(length);
    yield* cursor.skip(checksumBytes);
    if (type === "IDAT") hasData = true;
    if (type !== "IEND") continue;
    if (!hasData) throw new Refusal("reference_unusable", "The PNG has no picture in it.");
    return { ...size, orientation: orientation ?? upright };
  }
}

function* readHeader(cursor: ByteCursor): Parsing<{ width: number; height: number }> {
  const { type, length } = yield* nextChunk(cursor);
  if (type !== "IHDR" || length !== headerChunkBytes) {
    throw new Refusal("reference_unusable", "The PNG is damaged: it does not begin with its header.");
  }
  const view = new DataView((yield* cursor.take(length)).buffer);
  yield* cursor.skip(checksumBytes);
  return { width: view.getUint32(0), height: view.getUint32(4) };
}

function* nextChunk(cursor: ByteCursor): Parsing<{ type: string; length: number }> {
  const head = yield* cursor.take(8);
  const length = new DataView(head.buffer).getUint32(0);
  if (length > chunkBytesMaximum) {
    throw new Refusal("reference_unusable", "The PNG is damaged: a chunk has an impossible length.");
  }
  return { type: String.fromCharCode(...head.subarray(4)), length };
}

/** `acTL` is what makes a PNG an APNG; one frame is a still picture that a tool saved as an animation. */
function* refuseAnimation(cursor: ByteCursor): Parsing<void> {
  const frames = new DataView((yield* cursor.take(animationChunkBytes)).buffer).getUint32(0);
  if (frames > 1) throw new Refusal("reference_unusable", "This PNG is animated. Send a still picture.");
}
