/** Whether two clips can be decoded by one decoder that is set up once. */
import { boxesIn, BoxReader } from "../mp4/box-reader.ts";
import { concatenated } from "../mp4/box-writer.ts";
import { DamagedIndexError } from "../mp4/damaged-index.ts";

/** What stands before the boxes of a sample entry: its header and fixed fields (ISO/IEC 14496-12 §12.1.3, §12.2.3). */
const videoFieldsBytes = 8 + 78;
const audioFieldsBytes = 8 + 28;

/** How many of a clip's bits a second decodes to, told beside the configuration. It differs from clip to clip. */
const bitRateBox = "btrt";

/** @returns the entry without what says nothing to a decoder; all of it when it is built in another way */
export function decoderIdentity(kind: "video" | "audio", sampleEntry: Uint8Array): Uint8Array {
  try {
    return withoutBitRates(sampleEntry, kind === "video" ? videoFieldsBytes : audioFieldsBytes);
  } catch (error) {
    if (error instanceof DamagedIndexError) return sampleEntry;
    throw error;
  }
}

function withoutBitRates(sampleEntry: Uint8Array, fieldsBytes: number): Uint8Array {
  const boxes = boxesIn(sampleEntry.subarray(fieldsBytes)).filter(({ type }) => type !== bitRateBox);
  const parts = boxes.map(({ type, whole }) => type === "esds" ? withoutRates(whole) : whole);
  // From the type on: the length in front is that of the boxes that were left out too.
  return concatenated([sampleEntry.subarray(4, fieldsBytes), ...parts]);
}

const elementaryStream = 3;
const decoderConfiguration = 4;

/** Buffer size, largest and average bit rate. */
const rateBytes = 3 + 4 + 4;

/** An `esds` box with its rates as 0 (ISO/IEC 14496-1 §7.2.6.5, §7.2.6.6); as it is when it is built in another way. */
function withoutRates(box: Uint8Array): Uint8Array {
  const copy = box.slice();
  const reader = new BoxReader(copy);
  reader.skip(12);
  if (readDescriptorTag(reader) !== elementaryStream) return copy;
  reader.skip(2);
  if (reader.uint8() !== 0) return copy; // its flags announce fields that no MP4 has
  if (readDescriptorTag(reader) !== decoderConfiguration) return copy;
  reader.skip(2);
  reader.take(rateBytes).fill(0);
  return copy;
}

/** The tag of a descriptor; its length follows with 7 bits a byte, the highest one telling whether there are more. */
function readDescriptorTag(reader: BoxReader): number {
  const tag = reader.uint8();
  while (reader.uint8() & 0x80);
  return tag;
}
