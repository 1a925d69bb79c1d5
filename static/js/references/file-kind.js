/** What a file is by its first bytes, as the service will see it. Names and declared types are only claims. */

/** Enough for every signature below and for the flags of a WebP. */
const headBytes = 64;

/**
 * @typedef {object} FileKind
 * @property {"picture" | "video" | "other"} sort other: certainly refused
 * @property {string | null} name as people call it, the same in every language; null when it is not known
 * @property {boolean} animated
 */

/** @type {readonly [prefix: string, offset: number, sort: FileKind["sort"], name: string][]} */
const signatures = [
  ["\xff\xd8\xff", 0, "picture", "JPEG"],
  ["\x89PNG", 0, "picture", "PNG"],
  ["WEBP", 8, "picture", "WebP"],
  ["GIF8", 0, "other", "GIF"],
  ["ftypavi", 4, "other", "AVIF"],
  ["ftyphei", 4, "other", "HEIC"],
  ["ftypmif1", 4, "other", "HEIC"],
  ["ftypmsf1", 4, "other", "HEIC"],
  ["ftypcrx ", 4, "other", "RAW"],
  ["ftypM4A ", 4, "other", "M4A"],
  ["ftypqt  ", 4, "video", "MOV"],
  ["ftyp", 4, "video", "MP4"],
  ["moov", 4, "video", "MOV"],
  ["mdat", 4, "video", "MOV"],
  ["wide", 4, "video", "MOV"],
  ["AVI ", 8, "other", "AVI"],
  ["BM", 0, "other", "BMP"],
  ["II*\0", 0, "other", "TIFF"],
  ["MM\0*", 0, "other", "TIFF"],
  ["%PDF-", 0, "other", "PDF"],
  ["PK\x03\x04", 0, "other", "ZIP"],
  ["8BPS", 0, "other", "PSD"],
];

/**
 * @param {Blob} file
 * @returns {Promise<FileKind>}
 */
export async function fileKind(file) {
  const head = asText(new Uint8Array(await file.slice(0, headBytes).arrayBuffer()));
  if (head.startsWith("\x1a\x45\xdf\xa3")) return matroskaKind(head);
  for (const [prefix, offset, sort, name] of signatures) {
    if (head.startsWith(prefix, offset)) return { sort, name, animated: name === "WebP" && isAnimatedWebp(head) };
  }
  return { sort: "other", name: null, animated: false };
}

/**
 * WebM is a Matroska file that says so in its header.
 *
 * @param {string} head
 * @returns {FileKind}
 */
function matroskaKind(head) {
  const isWebm = head.includes("webm");
  return { sort: isWebm ? "video" : "other", name: isWebm ? "WebM" : "MKV", animated: false };
}

/**
 * The second flag bit of the extended header (WebP container specification, VP8X).
 *
 * @param {string} head
 */
function isAnimatedWebp(head) {
  return head.startsWith("VP8X", 12) && (head.charCodeAt(20) & 2) !== 0;
}

/**
 * Each byte as the character of its code.
 *
 * @param {Uint8Array} bytes
 */
function asText(bytes) {
  return String.fromCharCode(...bytes);
}
