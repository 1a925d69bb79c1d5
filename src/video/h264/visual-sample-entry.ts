/** The description of a video track's samples, a box with fields and boxes in it. ISO/IEC 14496-12 §8.5.2 and §12.1.3. */
import { type Box, boxesIn, BoxReader } from "../mp4/box-reader.ts";
import { box, concatenated, uint16 } from "../mp4/box-writer.ts";
import { DamagedVideo } from "./damaged-video.ts";

export interface VisualSampleEntry {
  /** Four characters, e.g. `avc1`. */
  readonly type: string;
  /** What stands before and after the width and the height. */
  readonly fields: { readonly before: Uint8Array; readonly after: Uint8Array };
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Pick<Box, "type" | "content">[];
}

const bytesBeforeSize = 24;
/** Resolution, frame count, compressor name and depth. */
const bytesAfterSize = 50;

/** @throws {DamagedVideo | DamagedIndexError} when its sizes do not fit into each other */
export function parseVisualSampleEntry(bytes: Uint8Array): VisualSampleEntry {
  const [entry, ...others] = boxesIn(bytes);
  if (!entry || others.length > 0) throw new DamagedVideo("the description of the video's samples is not one box");
  const reader = new BoxReader(entry.content);
  const before = reader.take(bytesBeforeSize);
  const width = reader.uint16();
  const height = reader.uint16();
  const after = reader.take(bytesAfterSize);
  return { type: entry.type, fields: { before, after }, width, height, boxes: boxesIn(reader.take(reader.remaining)) };
}

/** The reverse: the whole box with its header. */
export function writeVisualSampleEntry({ type, fields, width, height, boxes }: VisualSampleEntry): Uint8Array {
  const written = concatenated(boxes.map((inner) => box(inner.type, inner.content)));
  return box(type, fields.before, uint16(width, height), fields.after, written);
}
