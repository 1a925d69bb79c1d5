/** Sample entries written apart from the code under test. ISO/IEC 14496-12 §12.1.3, ISO/IEC 14496-15 §5.3.3.1. */

/** A PPS as x264 writes it; nothing looks into it. */
export const pictureParameterSet = [0x68, 0xea, 0xec, 0xb2, 0x2c];

/** What High profile adds: chroma format 4:2:0, 8 bits, no SPS extension. */
export const highProfileTail = [0xfd, 0xf8, 0xf8, 0];

export function decoderConfiguration(
  sequenceParameterSets: readonly Uint8Array[],
  tail: readonly number[] = highProfileTail,
): number[] {
  const written = sequenceParameterSets.flatMap((nalUnit) => [...uint16(nalUnit.length), ...nalUnit]);
  const pps = [1, ...uint16(pictureParameterSet.length), ...pictureParameterSet];
  return [1, 100, 0, 31, 0xff, 0xe0 | sequenceParameterSets.length, ...written, ...pps, ...tail];
}

export interface SampleEntryParts {
  readonly type?: string;
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly (readonly number[])[];
}

export function sampleEntry({ type = "avc1", width, height, boxes }: SampleEntryParts): Uint8Array {
  const fields = Array<number>(78).fill(0);
  fields[7] = 1; // data_reference_index
  fields.splice(24, 4, ...uint16(width), ...uint16(height));
  fields.splice(42, 5, 4, ..."Lavc".split("").map((letter) => letter.charCodeAt(0))); // compressorname
  return Uint8Array.from(box(type, [...fields, ...boxes.flat()]));
}

export function box(type: string, content: readonly number[]): number[] {
  return [...uint32(8 + content.length), ...Array.from(type, (letter) => letter.charCodeAt(0)), ...content];
}

function uint16(value: number): number[] {
  return [value >> 8, value & 0xff];
}

export function uint32(value: number): number[] {
  return [...uint16(value >>> 16), ...uint16(value & 0xffff)];
}
