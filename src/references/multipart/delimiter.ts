/** Finding the delimiter between the parts of a multipart body. */

/** Finds one sequence of bytes in others (Horspool 1980): looks at one byte in as many as the sequence is long. */
export class Delimiter {
  readonly #bytes: Uint8Array;
  /** How far to move on, by the byte under the sequence's last place. */
  readonly #steps: Uint8Array;

  /** @param boundary 1 to 70 characters (RFC 2046 §5.1.1) */
  constructor(boundary: string) {
    this.#bytes = new TextEncoder().encode(`\r\n--${boundary}`);
    this.#steps = new Uint8Array(256).fill(this.#bytes.length);
    this.#bytes.subarray(0, -1).forEach((byte, index) => {
      this.#steps[byte] = this.#bytes.length - 1 - index;
    });
  }

  get length(): number {
    return this.#bytes.length;
  }

  /** @returns the offset of the first one in `window`, or -1 */
  findIn(window: Uint8Array): number {
    const last = this.#bytes.length - 1;
    let at = last;
    while (at < window.length) {
      const byte = window[at] ?? 0;
      if (byte === this.#bytes[last] && this.#endsAt(window, at)) return at - last;
      at += this.#steps[byte] ?? 1;
    }
    return -1;
  }

  #endsAt(window: Uint8Array, end: number): boolean {
    const start = end - this.#bytes.length + 1;
    return this.#bytes.every((byte, index) => window[start + index] === byte);
  }
}
