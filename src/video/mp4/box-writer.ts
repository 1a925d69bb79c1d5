/** Writes boxes (ISO/IEC 14496-12 §4.2). */

export type Bytes = Uint8Array<ArrayBuffer>;

export function concatenated(parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** @param type four characters of one byte each */
export function box(type: string, ...parts: Uint8Array[]): Bytes {
  const content = concatenated(parts);
  return concatenated([uint32(8 + content.length), ascii(type), content]);
}

/** A box with a version and flags. */
export function fullBox(type: string, version: number, flags: number, ...parts: Uint8Array[]): Bytes {
  return box(type, uint32(version * 0x100_0000 + flags), ...parts);
}

export function ascii(text: string): Bytes {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

export function uint16(...values: number[]): Bytes {
  return numbers(2, values, (view, at, value) => view.setUint16(at, value));
}

/** Also for negative numbers, in two's complement. */
export function uint32(...values: number[]): Bytes {
  return uint32Table(values);
}

export function uint64(value: number): Bytes {
  return uint64Table([value]);
}

/** For tables, which have more values than a function may have arguments. */
export function uint32Table(values: readonly number[]): Bytes {
  return numbers(4, values, (view, at, value) => view.setUint32(at, value));
}

export function uint64Table(values: readonly number[]): Bytes {
  return numbers(8, values, (view, at, value) => view.setBigUint64(at, BigInt(value)));
}

export function zeros(length: number): Bytes {
  return new Uint8Array(length);
}

function numbers(
  width: number,
  values: readonly number[],
  set: (view: DataView, at: number, value: number) => void,
): Bytes {
  const bytes = new Uint8Array(width * values.length);
  const view = new DataView(bytes.buffer);
  values.forEach((value, index) => set(view, index * width, value));
  return bytes;
}
