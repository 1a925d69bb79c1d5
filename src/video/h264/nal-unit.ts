/** The kinds of NAL units this service has to tell apart. ITU-T H.264 table 7-1. */
export const nalUnitType = { sequenceParameterSet: 7, pictureParameterSet: 8 } as const;

const nalUnitTypeMask = 0x1f;

/** @returns the type in the header byte, or null of an empty NAL unit */
export function nalUnitTypeOf(nalUnit: Uint8Array): number | null {
  const header = nalUnit[0];
  return header === undefined ? null : header & nalUnitTypeMask;
}

/**
 * Whether a sample brings parameter sets of its own, which would override those of the sample entry and with them its
 * cropping. An `avc1` entry promises that none does (ISO/IEC 14496-15 §5.3.3), and Veo's clips keep the promise; this is
 * for looking at the first sample of a file.
 *
 * @param sample NAL units, each after its length
 * @param lengthBytes how many bytes a length has: 1, 2 or 4
 */
export function hasParameterSets(sample: Uint8Array, lengthBytes: number): boolean {
  let at = 0;
  while (at + lengthBytes < sample.length) {
    const length = sample.subarray(at, at + lengthBytes).reduce((value, byte) => value * 256 + byte, 0);
    const type = nalUnitTypeOf(sample.subarray(at + lengthBytes));
    if (type === nalUnitType.sequenceParameterSet || type === nalUnitType.pictureParameterSet) return true;
    at += lengthBytes + length;
  }
  return false;
}
