/** The elements of a WebM that follow each other (RFC 8794 §4 to §6). */

interface Element {
  readonly id: number;
  /** As much of it as there is. */
  readonly content: Uint8Array;
}

/** As mediabunny sees them: it ends at what is none. */
export function* elementsOf(bytes: Uint8Array): Generator<Element, void> {
  let at = 0;
  while (bytes.length - at >= 2) {
    const header = readElementHeader(bytes.subarray(at, at + 16));
    if (!header) return;
    // A length that is not known reaches to the end; mediabunny refuses it here.
    const end = at + header.bytes + (header.length ?? bytes.length);
    yield { id: header.id, content: bytes.subarray(at + header.bytes, end) };
    at = end;
  }
}

export interface ElementHeader {
  /** With the marker of its width, as it is written in the specification. */
  readonly id: number;
  /** Of the content, bytes; null when it is not known. */
  readonly length: number | null;
  /** Of the header itself. */
  readonly bytes: number;
}

/** @returns null when the bytes do not begin with one */
export function readElementHeader(bytes: Uint8Array): ElementHeader | null {
  const idBytes = widthOf(bytes[0]);
  const lengthBytes = widthOf(bytes[idBytes]);
  const headerBytes = idBytes + lengthBytes;
  if (idBytes === 0 || lengthBytes === 0 || bytes.length < headerBytes) return null;
  const [first = 0, ...others] = bytes.subarray(idBytes, headerBytes);
  const marker = 1 << (8 - lengthBytes);
  // All ones say that the length is not known; of one or eight bytes, as recorders write it and mediabunny takes it.
  const isUnknown = (lengthBytes === 1 && first === 0xff) ||
    (lengthBytes === 8 && first === 1 && others.every((byte) => byte === 0xff));
  return {
    id: numberOf(bytes.subarray(0, idBytes)),
    length: isUnknown ? null : numberOf([first & (marker - 1), ...others]),
    bytes: headerBytes,
  };
}

/** The first bit that is set tells how many bytes there are; 0 when none is. */
function widthOf(first: number | undefined): number {
  return first ? Math.clz32(first) - 23 : 0;
}

function numberOf(bytes: Iterable<number>): number {
  let value = 0;
  for (const byte of bytes) value = value * 256 + byte;
  return value;
}
