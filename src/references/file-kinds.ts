/** Files by their first bytes, with the name a person would use. Sources: the formats' own specifications. */
import { startsWith } from "./starts-with.ts";

export interface FileKind {
  /** With its article, to stand after "This is". */
  readonly name: string;
  /** Only for what may be taken somewhere. */
  readonly contentType: string | null;
}

type Test = (head: Uint8Array) => boolean;

/** Bytes written as text: each character stands for the byte of its code. */
const at = (offset: number, ...signatures: readonly string[]): Test => (head) =>
  signatures.some((signature) => startsWith(head, signature, offset));

const all = (...tests: readonly Test[]): Test => (head) => tests.every((test) => test(head));

/** ISO base media files name a family in their first box: a major brand and compatible ones (ISO/IEC 14496-12 §4.3). */
const brand = (...brands: readonly string[]): Test => (head) =>
  startsWith(head, "ftyp", 4) && brandsOf(head).some((found) => brands.includes(found));
const majorBrand = (...brands: readonly string[]): Test => all(at(4, "ftyp"), at(8, ...brands));

const ebml = at(0, "\x1a\x45\xdf\xa3");

/** In order: what is more particular stands first. */
const kinds: readonly { readonly name: string; readonly test: Test; readonly contentType?: string }[] = [
  { name: "a JPEG picture", test: at(0, "\xff\xd8\xff"), contentType: "image/jpeg" },
  { name: "a PNG picture", test: at(0, "\x89PNG\r\n\x1a\n"), contentType: "image/png" },
  { name: "a WebP picture", test: all(at(0, "RIFF"), at(8, "WEBP")), contentType: "image/webp" },
  { name: "a GIF", test: at(0, "GIF87a", "GIF89a") },
  { name: "an AVIF picture", test: brand("avif", "avis") },
  { name: "a HEIC picture", test: brand("heic", "heix", "heim", "heis", "mif1", "msf1") },
  { name: "a Canon raw picture", test: majorBrand("crx ") },
  { name: "an audio file", test: majorBrand("M4A ", "M4B ", "M4P ") },
  { name: "a MOV video", test: majorBrand("qt  "), contentType: "video/quicktime" },
  { name: "an MP4 video", test: at(4, "ftyp"), contentType: "video/mp4" },
  // QuickTime before 2001 had no ftyp; a few cameras and screen recorders still write files that way.
  { name: "a MOV video", test: at(4, "moov", "mdat", "wide", "pnot"), contentType: "video/quicktime" },
  { name: "a WebM video", test: all(ebml, (head) => documentType(head) === "webm"), contentType: "video/webm" },
  { name: "a Matroska (MKV) video", test: ebml },
  { name: "an AVI video", test: all(at(0, "RIFF"), at(8, "AVI ")) },
  { name: "a WAV sound", test: all(at(0, "RIFF"), at(8, "WAVE")) },
  { name: "a Flash video", test: at(0, "FLV\x01") },
  { name: "a Windows Media file", test: at(0, "\x30\x26\xb2\x75\x8e\x66\xcf\x11") },
  { name: "an MPEG video", test: at(0, "\x00\x00\x01\xba", "\x00\x00\x01\xb3") },
  { name: "an MPEG transport stream", test: all(at(0, "G"), at(188, "G")) },
  { name: "an Ogg file", test: at(0, "OggS") },
  { name: "an MP3 sound", test: at(0, "ID3") },
  { name: "a BMP picture", test: all(at(0, "BM"), at(6, "\0\0\0\0")) },
  { name: "a TIFF or raw picture", test: at(0, "II*\0", "MM\0*", "II+\0", "MM\0+") },
  { name: "a JPEG XL picture", test: at(0, "\xff\x0a", "\0\0\0\x0cJXL ") },
  { name: "a JPEG 2000 picture", test: at(0, "\0\0\0\x0cjP  ", "\xff\x4f\xff\x51") },
  { name: "an icon", test: at(0, "\0\0\x01\0") },
  { name: "a Photoshop file", test: at(0, "8BPS") },
  { name: "a PDF", test: at(0, "%PDF-") },
  { name: "a ZIP archive or an office document", test: at(0, "PK\x03\x04") },
];

/** What a file is, by its first 512 bytes (fewer only when the file is shorter). */
export function nameContent(head: Uint8Array): FileKind {
  const kind = kinds.find(({ test }) => test(head));
  return kind
    ? { name: kind.name, contentType: kind.contentType ?? null }
    : { name: nameText(head), contentType: null };
}

function brandsOf(head: Uint8Array): string[] {
  const end = Math.min(new DataView(head.buffer, head.byteOffset).getUint32(0), head.length);
  const brands = [];
  for (let offset = 8; offset + 4 <= end; offset += 4) {
    // At 12 is the minor version, a number.
    if (offset !== 12) brands.push(String.fromCharCode(...head.subarray(offset, offset + 4)));
  }
  return brands;
}

/** The document type of an EBML header (RFC 8794 §11.2.6, element 0x4282), its size always one byte in practice. */
function documentType(head: Uint8Array): string | null {
  for (let offset = 4; offset + 3 < head.length; offset++) {
    if (head[offset] !== 0x42 || head[offset + 1] !== 0x82) continue;
    const length = (head[offset + 2] ?? 0) & 0x7f;
    return String.fromCharCode(...head.subarray(offset + 3, offset + 3 + length)).replace(/\0+$/, "");
  }
  return null;
}

function nameText(head: Uint8Array): string {
  // Text has no control characters but tab, line ends, form feed and escape.
  if (head.some((byte) => byte < 32 && ![9, 10, 12, 13, 27].includes(byte))) return "not a file of a known kind";
  const text = new TextDecoder().decode(head).trimStart().toLowerCase();
  if (/<svg[\s>]/.test(text)) return "an SVG drawing";
  if (/^<(!doctype html|html|head|body)/.test(text)) return "a web page (HTML)";
  return "a text file";
}
