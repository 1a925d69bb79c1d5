/** Small real pictures, written by hand: any viewer shows them as plain grey or black. */

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** EXIF orientation; no EXIF when absent. */
  readonly orientation?: number;
  readonly littleEndian?: boolean;
}

const asBytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

export function joined(...pieces: readonly (Uint8Array | readonly number[] | string)[]): Uint8Array {
  const arrays = pieces.map((piece) => typeof piece === "string" ? asBytes(piece) : Uint8Array.from(piece));
  const whole = new Uint8Array(arrays.reduce((length, array) => length + array.length, 0));
  let offset = 0;
  for (const array of arrays) {
    whole.set(array, offset);
    offset += array.length;
  }
  return whole;
}

export function number(bytes: 2 | 3 | 4, value: number, littleEndian = false): number[] {
  const big = Array.from({ length: bytes }, (_, index) => (value >>> (8 * (bytes - 1 - index))) & 0xff);
  return littleEndian ? big.reverse() : big;
}

/** A TIFF structure with two entries, of which the second is the orientation. */
export function exif(orientation: number, littleEndian = false): Uint8Array {
  const short = (value: number) => number(2, value, littleEndian);
  const long = (value: number) => number(4, value, littleEndian);
  const entry = (tag: number, value: number) => [...short(tag), ...short(3), ...long(1), ...short(value), 0, 0];
  const entries = [...short(2), ...entry(0x0103, 6), ...entry(0x0112, orientation), ...long(0)];
  return joined(littleEndian ? "II" : "MM", short(42), long(8), entries);
}

/** Baseline, or progressive in two scans. */
export function jpeg(picture: Picture, progressive = false): Uint8Array {
  const { width, height, orientation, littleEndian } = picture;
  const segment = (code: number, ...content: (Uint8Array | number[] | string)[]) => {
    const body = joined(...content);
    return joined([0xff, code], number(2, body.length + 2), body);
  };
  const oneCode = (tableClass: number) => segment(0xc4, [tableClass, 1], new Uint8Array(15), [0]);
  const scan = (from: number, to: number) => segment(0xda, [1, 1, 0, from, to, 0]);
  const blocks = Math.ceil(width / 8) * Math.ceil(height / 8);
  const data = (bits: number) => joined(new Uint8Array(Math.floor(bits / 8)), bits % 8 ? [0xff >> (bits % 8)] : []);
  const scans = progressive
    ? joined(scan(0, 0), data(blocks), oneCode(0x10), scan(1, 63), data(blocks))
    : joined(oneCode(0x10), scan(0, 63), data(blocks * 2));
  return joined(
    [0xff, 0xd8],
    segment(0xe0, "JFIF\0", [1, 1, 0, 0, 1, 0, 1, 0, 0]),
    orientation === undefined ? [] : segment(0xe1, "Exif\0\0", exif(orientation, littleEndian)),
    segment(0xdb, [0], new Uint8Array(64).fill(1)),
    segment(progressive ? 0xc2 : 0xc0, [8], number(2, height), number(2, width), [1, 1, 0x11, 0]),
    oneCode(0x00),
    scans,
    [0xff, 0xd9],
  );
}

/** One bit a pixel, not compressed. @param extra chunks between the header and the data */
export function png(picture: Picture, extra: readonly Uint8Array[] = []): Uint8Array {
  const { width, height, orientation, littleEndian } = picture;
  const rows = new Uint8Array(height * (1 + Math.ceil(width / 8)));
  const stored = [0x78, 0x01, 1, ...number(2, rows.length, true), ...number(2, ~rows.length & 0xffff, true)];
  return joined(
    "\x89PNG\r\n\x1a\n",
    pngChunk("IHDR", joined(number(4, width), number(4, height), [1, 0, 0, 0, 0])),
    orientation === undefined ? [] : pngChunk("eXIf", exif(orientation, littleEndian)),
    ...extra,
    // Adler-32 of zeros: 1, and how many they are.
    pngChunk("IDAT", joined(stored, rows, number(2, rows.length % 65_521), [0, 1])),
    pngChunk("IEND", new Uint8Array()),
  );
}

export function pngChunk(type: string, content: Uint8Array): Uint8Array {
  const body = joined(type, content);
  return joined(number(4, content.length), body, number(4, crc32(body)));
}

/** What makes a PNG an APNG. */
export function animationControl(frames: number): Uint8Array {
  return pngChunk("acTL", joined(number(4, frames), number(4, 0)));
}

function crc32(bytes: Uint8Array): number {
  let rest = 0xffff_ffff;
  for (const byte of bytes) {
    rest ^= byte;
    for (let bit = 0; bit < 8; bit++) rest = (rest >>> 1) ^ (rest & 1 ? 0xedb8_8320 : 0);
  }
  return ~rest >>> 0;
}

/** Lossless, all pixels one colour; with EXIF in the extended layout. */
export function webp(picture: Picture, flags = 0): Uint8Array {
  const { width, height, orientation, littleEndian } = picture;
  const extended = orientation !== undefined || flags !== 0;
  return webpFile(
    extended ? webpCanvas(width, height, flags | (orientation === undefined ? 0 : 0x08)) : new Uint8Array(),
    webpChunk("VP8L", losslessPicture(width, height)),
    orientation === undefined ? new Uint8Array() : webpChunk("EXIF", exif(orientation, littleEndian)),
  );
}

export function webpFile(...chunks: readonly Uint8Array[]): Uint8Array {
  const content = joined("WEBP", ...chunks);
  return joined("RIFF", number(4, content.length, true), content);
}

export function webpChunk(type: string, content: Uint8Array): Uint8Array {
  return joined(type, number(4, content.length, true), content, content.length % 2 ? [0] : []);
}

export function webpCanvas(width: number, height: number, flags: number): Uint8Array {
  return webpChunk("VP8X", joined([flags, 0, 0, 0], number(3, width - 1, true), number(3, height - 1, true)));
}

/** Size, then: no alpha, version 0, no transform, no cache, one group of five codes of one symbol (0) each. */
function losslessPicture(width: number, height: number): Uint8Array {
  const codes = [1, 0, 0, 0];
  const bits = [0, 0, 0, 0, 0, 0, 0, ...codes, ...codes, ...codes, ...codes, ...codes];
  const packed = new Uint8Array(4);
  bits.forEach((bit, index) => (packed[index >> 3] = (packed[index >> 3] ?? 0) | (bit << (index & 7))));
  const size = ((width - 1) | ((height - 1) << 14)) >>> 0;
  const sizeAndBits = number(4, size, true);
  // 28 bits of size: the last half byte belongs to what follows.
  const tail = joined(packed);
  return joined([0x2f], joinBits(sizeAndBits, 28, tail, bits.length));
}

function joinBits(first: readonly number[], firstBits: number, second: Uint8Array, secondBits: number): Uint8Array {
  const whole = new Uint8Array(Math.ceil((firstBits + secondBits) / 8));
  const put = (bytes: readonly number[] | Uint8Array, bits: number, offset: number) => {
    for (let bit = 0; bit < bits; bit++) {
      const value = ((bytes[bit >> 3] ?? 0) >> (bit & 7)) & 1;
      whole[(offset + bit) >> 3] = (whole[(offset + bit) >> 3] ?? 0) | (value << ((offset + bit) & 7));
    }
  };
  put(first, firstBits, 0);
  put(second, secondBits, firstBits);
  return whole;
}

/** The headers of a lossy WebP, with nothing decodable after them. */
export function lossyWebp(width: number, height: number): Uint8Array {
  const picture = joined([0x10, 0, 0, 0x9d, 0x01, 0x2a], number(2, width, true), number(2, height, true), [0, 0]);
  return webpFile(webpChunk("VP8 ", picture));
}

/** The first bytes of things that are not taken. */
export const strangers = {
  "a GIF": joined("GIF89a", number(2, 1, true), number(2, 1, true), [0, 0, 0, 0x3b]),
  "an AVIF picture": joined(number(4, 24), "ftypmif1", [0, 0, 0, 0], "mif1avif", "rest"),
  "a HEIC picture": joined(number(4, 24), "ftypheic", [0, 0, 0, 0], "mif1heic", "rest"),
  "a BMP picture": joined("BM", number(4, 70, true), [0, 0, 0, 0], number(4, 54, true), new Uint8Array(56)),
  "a TIFF or raw picture": joined("II*\0", number(4, 8, true), new Uint8Array(20)),
  "a PDF": joined("%PDF-1.7\n%", [0xe2, 0xe3, 0xcf, 0xd3, 0x0a]),
  "an SVG drawing": joined('<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>'),
  "a web page (HTML)": joined("<!DOCTYPE html><title>Not found</title>"),
  "a text file": joined("Just words.\n"),
  "a ZIP archive or an office document": joined("PK\x03\x04", new Uint8Array(30)),
  "a Matroska (MKV) video": joined([0x1a, 0x45, 0xdf, 0xa3, 0x8b, 0x42, 0x82, 0x88], "matroska"),
  "not a file of a known kind": joined([0, 1, 2, 3, 4, 5, 6, 7, 8]),
} as const satisfies Record<string, Uint8Array>;
