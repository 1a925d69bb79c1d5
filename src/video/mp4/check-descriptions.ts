/** What describes the samples of a track, `stsd` (ISO/IEC 14496-12 §8.5.2), looked at before it is read. */
import type { Allowance } from "../allowance.ts";

/** One has parameter sets of 100 bytes and at most a colour profile of some kilobytes. */
const descriptionsBytesMaximum = 65_536;

/** Where the boxes in a description begin depends on what it describes, so these are looked for anywhere. */
const misplaced = new Set(
  ["trak", "stbl", "moof", "traf", "trun", "elst", "tfra", "meta", "keys", "udta"].map((type) => word(type)),
);

/** @throws {RangeError} when it is not one that can be read in time */
export function checkDescriptions(content: Uint8Array, allowance: Allowance): void {
  if (content.length > descriptionsBytesMaximum) throw new RangeError("The descriptions of a track are too long.");
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const count = view.getUint32(4);
  allowance.spend("boxes", count);
  let at = 8;
  for (let left = count; left > 0; left--) {
    const size = view.getUint32(at);
    if (size < 8 || size > content.length - at) throw new RangeError("A description is longer than its box.");
    at += size;
  }
  for (let place = 8; place + 4 <= content.length; place++) {
    if (misplaced.has(view.getUint32(place))) throw new RangeError("A description has an index in it.");
  }
  // Each was looked at byte by byte, and there can be many.
  allowance.spend("numbers", content.length);
}

function word(type: string): number {
  return [...type].reduce((sum, letter) => sum * 256 + letter.charCodeAt(0), 0);
}
