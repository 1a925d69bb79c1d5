/** Writes the fields of a parameter set, which stand at any bit. ITU-T H.264 §7.2 and §9.1. */
export class BitWriter {
  readonly #bytes: number[] = [];
  #count = 0;

  bit(value: 0 | 1): void {
    const inByte = this.#count & 7;
    if (inByte === 0) this.#bytes.push(0);
    const last = this.#bytes.length - 1;
    this.#bytes[last] = (this.#bytes[last] ?? 0) | (value << (7 - inByte));
    this.#count++;
  }

  /** An unsigned Exp-Golomb number, `ue(v)`. @param value below 2^31 */
  unsigned(value: number): void {
    const code = (value + 1).toString(2);
    for (let zeros = code.length - 1; zeros > 0; zeros--) this.bit(0);
    for (const digit of code) this.bit(digit === "1" ? 1 : 0);
  }

  /** What was written; the last byte is filled up with zeros. */
  bytes(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }
}
