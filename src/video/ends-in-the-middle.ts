/** Whether a video file is shorter than it says; mediabunny reads an index at the front without asking for the rest. */
import type { RangedSource } from "../storage/task-files.ts";

/**
 * How many boxes are followed to the end of an MP4. A plain file has about five; a fragmented one has two every few
 * seconds, each a read, and its last fragment is found by mediabunny anyway.
 */
const boxesMaximum = 200;

const ebmlSignature = 0x1a45dfa3;

/** @throws when there are more boxes than can be followed and none is an index; or what `source.read` throws */
export async function endsInTheMiddle(source: RangedSource): Promise<boolean> {
  const head = viewOf(await source.read(0, Math.min(64, source.bytes)));
  return head.byteLength >= 4 && head.getUint32(0) === ebmlSignature
    ? segmentIsCut(head, source.bytes)
    : await boxIsCut(source);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** `mdat`, `moov`, `moof` */
const dataType = 0x6d646174;
const indexTypes = [0x6d6f6f76, 0x6d6f6f66];

/** Follows the top-level boxes (ISO/IEC 14496-12 §4.2): size, type, and for size 1 a size of 64 bits. */
async function boxIsCut(source: RangedSource): Promise<boolean> {
  let offset = 0;
  let hasData = false;
  let hasIndex = false;
  for (let boxes = 0; offset + 8 <= source.bytes; boxes++) {
    if (boxes === boxesMaximum) {
      if (hasIndex) return false;
      throw new RangeError("The index is behind more boxes than any real file has.");
    }
    const header = viewOf(await source.read(offset, Math.min(offset + 16, source.bytes)));
    const size = header.getUint32(0);
    const type = header.getUint32(4);
    if (size === 1 && header.byteLength < 16) return true;
    // Cut off exactly between the index and what it points to, nothing else would tell.
    hasData ||= type === dataType;
    const headerBytes = size === 1 ? 16 : 8;
    const isLast = size === 0; // up to the end of the file
    const length = isLast ? source.bytes - offset : size === 1 ? Number(header.getBigUint64(8)) : size;
    if (length < headerBytes) return false; // not a box; mediabunny says what is wrong
    hasIndex ||= indexTypes.includes(type);
    if (isLast) return false;
    offset += length;
  }
  // Fewer than 8 bytes at the end are no box; some cameras write them as padding.
  return offset > source.bytes || !hasData;
}

const segmentIdentifier = 0x18538067;

/** A WebM is a header and one segment (RFC 8794); a recorder that did not know the length has filled it with ones. */
function segmentIsCut(head: DataView, bytes: number): boolean {
  const header = readLength(head, 4);
  if (!header || header.value === null) return false;
  const segment = header.end + header.value;
  if (segment + 4 > head.byteLength || head.getUint32(segment) !== segmentIdentifier) return false;
  const content = readLength(head, segment + 4);
  return content !== null && content.value !== null && content.end + content.value > bytes;
}

/** A length of 1 to 8 bytes; its first bit that is set tells how many (RFC 8794 §4). Null value: not known. */
function readLength(view: DataView, offset: number): { value: number | null; end: number } | null {
  if (offset >= view.byteLength) return null;
  const first = view.getUint8(offset);
  const width = Math.clz32(first) - 23;
  if (width > 8 || offset + width > view.byteLength) return null;
  let value = BigInt(first & ((1 << (8 - width)) - 1));
  for (let index = 1; index < width; index++) value = (value << 8n) | BigInt(view.getUint8(offset + index));
  const unknown = (1n << BigInt(7 * width)) - 1n;
  return { value: value === unknown ? null : Number(value), end: offset + width };
}
