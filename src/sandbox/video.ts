/** What a video tells of itself in its first and last bytes. */
import { bytesOf, findBytes, type SampledBytes } from "./sampled-bytes.ts";

export interface Video {
  readonly contentType: "video/mp4" | "video/quicktime" | "video/webm";
  /** Null when it is said in a part of the file that was not kept. */
  readonly seconds: number | null;
}

/** @returns null for anything but an MP4, a MOV or a WebM */
export function readVideo(sample: SampledBytes): Video | null {
  const { head } = sample;
  const brand = String.fromCharCode(...head.subarray(4, 12));
  if (brand.startsWith("ftyp")) {
    const contentType = brand === "ftypqt  " ? "video/quicktime" : "video/mp4";
    return { contentType, seconds: movieSeconds(head) ?? movieSeconds(sample.tail) };
  }
  const isMatroska = [0x1a, 0x45, 0xdf, 0xa3].every((byte, at) => head[at] === byte);
  return isMatroska ? { contentType: "video/webm", seconds: matroskaSeconds(head) } : null;
}

/** The first picture of an MP4 that has a size (its sound has none), by the track headers (ISO/IEC 14496-12, 8.3.2). Pixels. */
export function videoSize({ head, tail }: SampledBytes): { width: number; height: number } | null {
  return trackSize(head) ?? trackSize(tail);
}

/** Both sizes are the header's last eight bytes, in 16.16. */
function trackSize(bytes: Uint8Array): { width: number; height: number } | null {
  const at = findBytes(bytes, bytesOf("tkhd"));
  if (at < 4) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = at - 4 + view.getUint32(at - 4);
  if (end > bytes.byteLength) return null;
  const size = { width: view.getUint32(end - 8) >>> 16, height: view.getUint32(end - 4) >>> 16 };
  return size.width > 0 ? size : trackSize(bytes.subarray(end));
}

/** The movie header (ISO/IEC 14496-12, 8.2.2): 32-bit times in version 0, 64-bit ones in version 1. */
function movieSeconds(bytes: Uint8Array): number | null {
  const at = findBytes(bytes, bytesOf("mvhd"));
  if (at < 0 || at + 36 > bytes.byteLength) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset + at + 4);
  return view.getUint8(0) === 0
    ? view.getUint32(16) / view.getUint32(12) || null
    : Number(view.getBigUint64(24)) / view.getUint32(20) || null;
}

/** The Duration element of Info (RFC 9559), in the usual scale of one millisecond. */
function matroskaSeconds(bytes: Uint8Array): number | null {
  const at = findBytes(bytes, [0x44, 0x89]);
  if (at < 0 || at + 11 > bytes.byteLength) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset + at + 2);
  if (view.getUint8(0) === 0x88) return view.getFloat64(1) / 1_000;
  return view.getUint8(0) === 0x84 ? view.getFloat32(1) / 1_000 : null;
}
