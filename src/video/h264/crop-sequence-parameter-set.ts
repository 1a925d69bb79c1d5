/** Another cropping window for an SPS, and not a bit else. */
import { BitReader } from "./bit-reader.ts";
import { BitWriter } from "./bit-writer.ts";
import { DamagedVideo } from "./damaged-video.ts";
import { withEmulationPrevention, withoutEmulationPrevention } from "./emulation-prevention.ts";
import type { Cropping, SequenceParameterSet } from "./sequence-parameter-set.ts";

/**
 * Writes the SPS again with this cropping in place of the one it has; whether it leaves any picture is the caller's
 * matter.
 *
 * @param nalUnit the whole NAL unit, with its header byte and its emulation prevention bytes
 * @param parsed of the same NAL unit
 * @throws DamagedVideo when its end is missing
 */
export function withCropping(nalUnit: Uint8Array, parsed: SequenceParameterSet, cropping: Cropping): Uint8Array {
  const bytes = withoutEmulationPrevention(nalUnit);
  const reader = new BitReader(bytes);
  const writer = new BitWriter();
  while (reader.position < parsed.croppingBits.start) writer.bit(reader.bit());
  writeCropping(writer, cropping);
  while (reader.position < parsed.croppingBits.end) reader.bit();
  const end = endOfStopBit(bytes);
  if (end <= reader.position) throw new DamagedVideo("a sequence parameter set of the video has no end");
  while (reader.position < end) writer.bit(reader.bit());
  return withEmulationPrevention(writer.bytes());
}

function writeCropping(writer: BitWriter, { left, right, top, bottom }: Cropping): void {
  writer.bit(1); // frame_cropping_flag
  for (const offset of [left, right, top, bottom]) writer.unsigned(offset);
}

/** The last bit that is set ends the content; zeros fill up the byte. ITU-T H.264 §7.3.2.11, `rbsp_trailing_bits`. */
function endOfStopBit(bytes: Uint8Array): number {
  const index = bytes.findLastIndex((byte) => byte !== 0);
  const last = bytes[index] ?? 0;
  const zerosAfter = 31 - Math.clz32(last & -last);
  return index * 8 + 8 - zerosAfter;
}
