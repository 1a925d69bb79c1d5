/**
 * A NAL unit must not hold the start code of another one, so the encoder puts a 3 after each pair of zeros that would
 * begin one. ITU-T H.264 §7.3.1 and §7.4.1.1.
 */

const preventionByte = 3;

/** The NAL unit without its emulation prevention bytes: its fields can be read bit by bit. */
export function withoutEmulationPrevention(nalUnit: Uint8Array): Uint8Array {
  const bytes: number[] = [];
  let zeros = 0;
  for (const byte of nalUnit) {
    const isPrevention = zeros >= 2 && byte === preventionByte;
    if (!isPrevention) bytes.push(byte);
    zeros = byte === 0 ? zeros + 1 : 0;
  }
  return Uint8Array.from(bytes);
}

/** The reverse. @param bytes of a NAL unit, the last one not zero, as a stop bit makes sure */
export function withEmulationPrevention(bytes: Uint8Array): Uint8Array {
  const nalUnit: number[] = [];
  let zeros = 0;
  for (const byte of bytes) {
    if (zeros >= 2 && byte <= preventionByte) {
      nalUnit.push(preventionByte);
      zeros = 0;
    }
    nalUnit.push(byte);
    zeros = byte === 0 ? zeros + 1 : 0;
  }
  return Uint8Array.from(nalUnit);
}
