/** The boxes of an MP4 (ISO/IEC 14496-12, 4.2), read and written. All numbers the sandbox needs in them are 32 bits wide. */

export interface Box {
  readonly type: string;
  /** Where its header begins, counted from the start of the bytes that were read. */
  readonly offset: number;
  readonly content: Uint8Array;
}

const headerBytes = 8;

/** Boxes that hold boxes, of those that lead to a track's tables. */
const containers = ["trak", "edts", "mdia", "minf", "stbl"];

export function readBoxes(bytes: Uint8Array): Box[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const boxes: Box[] = [];
  for (let offset = 0; offset < bytes.byteLength;) {
    const size = view.getUint32(offset);
    const type = String.fromCharCode(...bytes.subarray(offset + 4, offset + headerBytes));
    boxes.push({ type, offset, content: bytes.subarray(offset + headerBytes, offset + size) });
    offset += size;
  }
  return boxes;
}

/** The first box of a type, however deep. */
export function findBox(bytes: Uint8Array, type: string): Box | undefined {
  for (const box of readBoxes(bytes)) {
    const found = box.type === type ? box : containers.includes(box.type) ? findBox(box.content, type) : undefined;
    if (found) return found;
  }
  return undefined;
}

export function writeBox(type: string, content: Uint8Array): Uint8Array {
  const header = new Uint8Array(headerBytes);
  new DataView(header.buffer).setUint32(0, headerBytes + content.byteLength);
  header.set(new TextEncoder().encode(type), 4);
  return join([header, content]);
}

/** The same boxes, some of them with another content. */
export function changeBoxes(
  bytes: Uint8Array,
  changes: Readonly<Record<string, (content: Uint8Array) => Uint8Array>>,
): Uint8Array {
  return join(
    readBoxes(bytes).map(({ type, content }) => {
      const changed = changes[type]?.(content) ?? (containers.includes(type) ? changeBoxes(content, changes) : content);
      return writeBox(type, changed);
    }),
  );
}

export function readWords(bytes: Uint8Array): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.byteLength / 4 }, (_, at) => view.getUint32(4 * at));
}

export function writeWords(words: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(4 * words.length);
  const view = new DataView(bytes.buffer);
  words.forEach((word, at) => view.setUint32(4 * at, word));
  return bytes;
}

export function join(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.byteLength;
  }
  return joined;
}
