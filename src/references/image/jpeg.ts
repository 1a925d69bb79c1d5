/**
 * JPEG (ITU-T T.81, annex B): segments that tell their length, and after each start of scan the coded data, which is
 * searched for the next marker. A progressive picture has several scans; all must be there up to the end marker.
 */
import type { ByteCursor, Parsing } from "../byte-cursor.ts";
import { Refusal } from "../refusal.ts";
import { startsWith } from "../starts-with.ts";
import type { ImageLayout } from "./inspector.ts";
import { readOrientation, upright } from "./orientation.ts";
import { partLimit } from "./part-limit.ts";

const marker = {
  prefix: 0xff,
  stuffing: 0x00,
  temporary: 0x01,
  firstFrame: 0xc0,
  huffmanTables: 0xc4,
  extension: 0xc8,
  arithmeticTables: 0xcc,
  lastFrame: 0xcf,
  firstRestart: 0xd0,
  lastRestart: 0xd7,
  startOfImage: 0xd8,
  endOfImage: 0xd9,
  startOfScan: 0xda,
  exif: 0xe1,
} as const;

/** A colour profile has at most 255, a camera's notes some hundred of 64 kB each. */
const segmentsMaximum = 5_000;

/** Encoders make 3 to 20, those that try out many some 60. A decoder goes through all pixels for each. */
const scansMaximum = 200;

export function* parseJpeg(cursor: ByteCursor): Parsing<ImageLayout> {
  yield* cursor.take(2);
  let size: { width: number; height: number } | null = null;
  let orientation: number | null = null;
  let scans = 0;
  const [countSegment, countScan] = [partLimit(segmentsMaximum), partLimit(scansMaximum)];
  for (;;) {
    const code = yield* nextMarker(cursor);
    countSegment();
    if (code === marker.endOfImage) {
      if (!size || scans === 0) throw new Refusal("reference_unusable", "The JPEG has no picture in it.");
      return { ...size, orientation: orientation ?? upright };
    }
    if (isAlone(code)) continue;
    if (isFrame(code)) {
      // Which of two a decoder believes is up to it; most refuse.
      if (size) throw new Refusal("reference_unusable", "The JPEG is damaged: it has two sizes.");
      size = yield* readFrame(cursor);
    } else if (code === marker.exif) orientation ??= yield* readExif(cursor);
    else yield* skipSegment(cursor);
    if (code !== marker.startOfScan) continue;
    countScan();
    scans++;
  }
}

/**
 * The next marker's code, wherever it is: right here between segments, or after a scan's data. In that data a 0xFF is
 * followed by 0x00 or is a restart marker; 0xFF may also be repeated as filling.
 */
function* nextMarker(cursor: ByteCursor): Parsing<number> {
  for (;;) {
    yield* cursor.skipPast(marker.prefix);
    let code = yield* cursor.byte();
    while (code === marker.prefix) code = yield* cursor.byte();
    if (code !== marker.stuffing && !isRestart(code)) return code;
  }
}

function isRestart(code: number): boolean {
  return code >= marker.firstRestart && code <= marker.lastRestart;
}

/** Markers that no segment follows. */
function isAlone(code: number): boolean {
  return code === marker.startOfImage || code === marker.temporary;
}

function isFrame(code: number): boolean {
  return code >= marker.firstFrame && code <= marker.lastFrame && code !== marker.huffmanTables &&
    code !== marker.extension && code !== marker.arithmeticTables;
}

function* segmentLength(cursor: ByteCursor): Parsing<number> {
  const length = ((yield* cursor.byte()) << 8) | (yield* cursor.byte());
  if (length < 2) throw new Refusal("reference_unusable", "The JPEG is damaged: a segment has an impossible length.");
  return length - 2;
}

function* skipSegment(cursor: ByteCursor): Parsing<void> {
  yield* cursor.skip(yield* segmentLength(cursor));
}

function* readFrame(cursor: ByteCursor): Parsing<{ width: number; height: number }> {
  const segment = yield* cursor.take(yield* segmentLength(cursor));
  if (segment.length < 6) {
    throw new Refusal("reference_unusable", "The JPEG is damaged: its frame header is too short.");
  }
  const view = new DataView(segment.buffer);
  return { height: view.getUint16(1), width: view.getUint16(3) };
}

/** APP1 is shared with XMP, which is told apart by its name and passed over. */
function* readExif(cursor: ByteCursor): Parsing<number | null> {
  const segment = yield* cursor.take(yield* segmentLength(cursor));
  return startsWith(segment, "Exif\0\0") ? readOrientation(segment) : null;
}
