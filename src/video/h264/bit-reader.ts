/** Reads the fields of a parameter set, which stand at any bit. ITU-T H.264 §7.2 and §9.1. */
import { DamagedVideo } from "./damaged-video.ts";

/** An Exp-Golomb code has at most this many leading zeros: its value is below 2^32. ITU-T H.264 §9.1. */
const leadingZerosMaximum = 32;

export class BitReader {
  readonly #bytes: Uint8Array;
  #position = 0;

  /** @param bytes a raw byte sequence payload, without emulation prevention bytes */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** How many bits were read. */
  get position(): number {
    return this.#position;
  }

  /** One bit, `u(1)`. @throws DamagedVideo past the end, as every method here does */
  bit(): 0 | 1 {
    const byte = this.#bytes[this.#position >> 3];
    if (byte === undefined) throw new DamagedVideo("a parameter set of the video ends in the middle");
    const isSet = (byte >> (7 - (this.#position & 7))) & 1;
    this.#position++;
    return isSet ? 1 : 0;
  }

  flag(): boolean {
    return this.bit() === 1;
  }

  /** An unsigned number of `count` bits, `u(n)`. Up to 53 bits are exact. */
  bits(count: number): number {
    let value = 0;
    // Not by shifting: that would make 32 bits negative.
    for (let index = 0; index < count; index++) value = value * 2 + this.bit();
    return value;
  }

  /** An unsigned Exp-Golomb number, `ue(v)`. */
  unsigned(): number {
    let leadingZeros = 0;
    while (this.bit() === 0) {
      leadingZeros++;
      if (leadingZeros > leadingZerosMaximum) {
        throw new DamagedVideo("a parameter set of the video has an endless number");
      }
    }
    return 2 ** leadingZeros - 1 + this.bits(leadingZeros);
  }

  /** A signed Exp-Golomb number, `se(v)`: 0, 1, -1, 2, -2, … ITU-T H.264 §9.1.1. */
  signed(): number {
    const code = this.unsigned();
    return code % 2 === 1 ? (code + 1) / 2 : -code / 2;
  }
}
