/**
 * What a stored video is, read from its index by ranges; its pictures and sound are never read. Used for a reference
 * video on its way in and for a finished clip on its way out.
 */
import { CustomSource, Input, MP4, QTFF, WEBM } from "mediabunny";
import type { RangedSource } from "../storage/task-files.ts";
import { claimsTooManySamples } from "./mp4/sample-counts.ts";

export interface VideoFacts {
  readonly content_type: "video/mp4" | "video/quicktime" | "video/webm";
  /** As a person sees it: after the track's rotation and pixel shape. Pixels. */
  readonly width: number;
  readonly height: number;
  readonly duration_seconds: number;
  readonly has_audio: boolean;
  /** As WebCodecs names it (`avc`, `hevc`, `vp9`, …), or null when it is not a known one. */
  readonly codec: string | null;
}

export type VideoInspection =
  | { readonly ok: true; readonly facts: VideoFacts }
  | { readonly ok: false; readonly code: "reference_unusable"; readonly message: string };

/**
 * The most that is read at once, 16 MiB: the index of an hour of video is 2 MB, and a file that claims a longer one
 * must not fill the isolate's memory.
 */
const readBytesMaximum = 16 * 1_024 * 1_024;

/** What mediabunny may keep of what it has read, 1 MiB: the index is parsed once and in order. */
const cacheBytesMaximum = 1_024 * 1_024;

/**
 * How many boxes are followed to the end of an MP4. A plain file has about five; a fragmented one has two every few
 * seconds, each a read, and its last fragment is found by mediabunny anyway.
 */
const boxesMaximum = 200;

const cut = "The video is cut off: its end is missing. Send the whole file.";

/**
 * Reads what a video is.
 *
 * @throws only what `source.read` throws; a video that cannot be used is a returned refusal
 */
export async function readVideoFacts(source: RangedSource): Promise<VideoInspection> {
  if (source.bytes === 0) return refuse("The video is empty.");
  const failure: { cause?: unknown } = {};
  const guarded = guardReads(source, failure);
  try {
    if (await endsInTheMiddle(guarded)) return refuse(cut);
    return await inspect(guarded);
  } catch {
    // mediabunny throws plain errors for whatever it cannot parse; only the source's own failures are passed on.
    if ("cause" in failure) throw failure.cause;
    return refuse("The video is damaged: its index cannot be read.");
  }
}

function refuse(message: string): VideoInspection {
  return { ok: false, code: "reference_unusable", message };
}

/** Bounds what is read at once, and remembers a failure of the source, so that it is not taken for a damaged video. */
function guardReads(source: RangedSource, failure: { cause?: unknown }): RangedSource {
  return {
    bytes: source.bytes,
    async read(start, end) {
      if (end - start > readBytesMaximum) throw new RangeError("The index is longer than any real one.");
      try {
        return await source.read(start, end);
      } catch (error) {
        failure.cause = error;
        throw error;
      }
    },
  };
}

async function inspect(source: RangedSource): Promise<VideoInspection> {
  using input = new Input({
    formats: [MP4, QTFF, WEBM],
    source: new CustomSource({
      getSize: () => source.bytes,
      read: (start, end) => source.read(start, end),
      maxCacheSize: cacheBytesMaximum,
      prefetchProfile: "fileSystem",
    }),
  });
  if (!(await input.canRead())) return refuse("The video is damaged: its index is missing.");
  const track = await input.getPrimaryVideoTrack();
  if (!track) return refuse("There is no picture in this video.");
  const duration = await input.computeDuration([track]);
  const width = await track.getDisplayWidth();
  const height = await track.getDisplayHeight();
  if (!(duration > 0)) return refuse("The video has no frames.");
  if (!(width > 0 && height > 0)) return refuse("The video says it is 0 pixels wide or high, which cannot be.");
  const facts: VideoFacts = {
    content_type: contentTypeOf((await input.getFormat()).mimeType),
    width: Math.round(width),
    height: Math.round(height),
    duration_seconds: duration,
    has_audio: (await input.getAudioTracks()).length > 0,
    codec: await track.getCodec(),
  };
  return { ok: true, facts };
}

function contentTypeOf(mimeType: string): VideoFacts["content_type"] {
  if (mimeType === "video/quicktime" || mimeType === "video/webm") return mimeType;
  return "video/mp4";
}

const ebmlSignature = 0x1a45dfa3;

/** Whether the file is shorter than it says; mediabunny reads an index at the front without asking for the rest. */
async function endsInTheMiddle(source: RangedSource): Promise<boolean> {
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

/**
 * Follows the top-level boxes (ISO/IEC 14496-12 §4.2): size, type, and for size 1 a size of 64 bits.
 *
 * @throws when an index claims what cannot be: mediabunny would unfold it, and be busy for minutes
 */
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
    if (indexTypes.includes(type) && offset + length <= source.bytes) {
      hasIndex = true;
      const index = await source.read(offset + headerBytes, offset + length);
      if (claimsTooManySamples(index, source.bytes)) throw new RangeError("The index claims more samples than can be.");
    }
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
