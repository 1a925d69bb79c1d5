/** What a file is by its first bytes, as the service will see it. Names and declared types are only claims. */

/** @type {readonly [prefix: string, offset: number, sort: FileKind["sort"], name: string][]} */
const signatures = [
  ["\xff\xd8\xff", 0, "picture", "JPEG"],
  ["\x89PNG", 0, "picture", "PNG"],
  ["WEBP", 8, "picture", "WebP"],
  ["\x1a\x45\xdf\xa3", 0, "video", "WebM"],
  ["GIF8", 0, "other", "GIF"],
  ["ftypavif", 4, "picture", "AVIF"],
  ["ftypavis", 4, "picture", "AVIF"],
  ["ftyphei", 4, "picture", "HEIC"],
  ["ftypmif1", 4, "picture", "HEIC"],
  ["ftypmsf1", 4, "picture", "HEIC"],
  ["ftypcrx ", 4, "other", "RAW"],
  ["ftypM4A ", 4, "other", "M4A"],
  ["ftypqt  ", 4, "video", "MOV"],
  ["ftyp", 4, "video", "MP4"],
  ["moov", 4, "video", "MOV"],
  ["mdat", 4, "video", "MOV"],
  ["wide", 4, "video", "MOV"],
  ["AVI ", 8, "other", "AVI"],
  ["BM", 0, "picture", "BMP"],
  ["II*\0", 0, "other", "TIFF"],
  ["MM\0*", 0, "other", "TIFF"],
  ["%PDF-", 0, "other", "PDF"],
  ["PK\x03\x04", 0, "other", "ZIP"],
  ["8BPS", 0, "other", "PSD"],
];

/** Brands of files that hold a sequence (ISO/IEC 23008-12, AV1 image file format). */
const sequences = ["ftypavis", "ftypmsf1"];

/**
 * @param {Blob} file
 * @returns {Promise<FileKind>}
 */
export async function fileKind(file) {
  // Each byte as the character of its code, as far as anything is looked for.
  const head = String.fromCharCode(...new Uint8Array(await file.slice(0, 64).arrayBuffer()));
  const found = signatures.find(([prefix, offset]) => head.startsWith(prefix, offset));
  const [prefix, , sort, name] = found ?? ["", 0, "other", null];
  // WebM is a Matroska file that says so in its header.
  if (name === "WebM" && !head.includes("webm")) return { sort: "other", name: "MKV", animated: false };
  // The second flag bit of the extended header (WebP container specification, VP8X).
  const isAnimatedWebp = name === "WebP" && head.startsWith("VP8X", 12) && (head.charCodeAt(20) & 2) !== 0;
  return { sort, name, animated: isAnimatedWebp || sequences.includes(prefix) };
}
