/** The scaling lists of an SPS are passed over; their length is known only by reading them. ITU-T H.264 §7.3.2.1.1.1. */
import type { BitReader } from "./bit-reader.ts";

/** Six lists for 4×4 blocks come first, then those for 8×8 blocks: two, or six when chroma is full. */
const smallLists = 6;
const listsOfFullChroma = 12;
const listsOtherwise = 8;
const smallListEntries = 16;
const largeListEntries = 64;

export function skipScalingMatrix(reader: BitReader, isFullChroma: boolean): void {
  const lists = isFullChroma ? listsOfFullChroma : listsOtherwise;
  for (let list = 0; list < lists; list++) {
    const isPresent = reader.flag(); // seq_scaling_list_present_flag
    if (isPresent) skipScalingList(reader, list < smallLists ? smallListEntries : largeListEntries);
  }
}

/** Differences are written until one leads to the scale 0, which says "the rest is like the last". */
function skipScalingList(reader: BitReader, entries: number): void {
  let scale = 8;
  for (let entry = 0; entry < entries; entry++) {
    scale = (scale + reader.signed() + 256) % 256; // delta_scale
    if (scale === 0) return;
  }
}
