/** One reference: a file, what is known of it, why it will not work, and what of it is sent. */
import { pixels, size } from "../numbers.js";
import { offer } from "../offer.js";
import { words } from "../words.js";

/** Longest side, pixels: OpenAI looks at 2048 × 2048, and Veo films at most 1920 wide. */
const sideMaximum = 2048;

const kindsTaken = ["JPEG", "PNG", "WebP"];

/**
 * @param {File} file
 * @param {FileKind} kind
 * @param {Reference["sort"]} sort
 * @returns {Reference}
 */
export function examine(file, kind, sort) {
  const address = URL.createObjectURL(file);
  const flaw = findFlaw(file, kind, sort);
  return { sort, file, kind: kind.name, address, pixels: null, before: "", seconds: 0, flaw };
}

/** Whether it is a picture that is not ready to be sent yet. @param {Reference} reference */
export function isPreparing({ sort, pixels: found, flaw }) {
  return sort === "picture" && !found && !flaw;
}

/**
 * @param {string | null} kind
 * @param {Reference["sort"]} sort
 * @returns {Speech}
 */
function wrongKind(kind, sort) {
  return () => words()[sort === "picture" ? "wrongPicture" : "wrongVideo"](kind ?? words().unknownKind);
}

/**
 * @param {File} file
 * @param {FileKind} kind
 * @param {Reference["sort"]} sort
 * @returns {Speech | null}
 */
function findFlaw(file, kind, sort) {
  if (file.size === 0) return () => words().emptyFile;
  if (kind.sort !== sort) return wrongKind(kind.name, sort);
  if (kind.animated) return () => words().animatedPicture;
  const maximum = offer()?.limits.video.bytes_maximum ?? Infinity;
  // A picture is made smaller.
  if (sort === "picture" || file.size <= maximum) return null;
  return () => words().tooLarge(size(file.size), size(maximum));
}

/**
 * What is already right stays as it was given, byte for byte.
 *
 * @param {Reference} reference
 * @returns {Promise<Partial<Reference>>} what it is then; a flaw where this browser cannot open it
 */
export async function prepare({ file, kind }) {
  const isTaken = kind !== null && kindsTaken.includes(kind);
  try {
    const bitmap = await createImageBitmap(file);
    const given = pixels(bitmap.width, bitmap.height);
    const scale = Math.min(1, sideMaximum / Math.max(bitmap.width, bitmap.height));
    const [width = 0, height = 0] = [bitmap.width, bitmap.height].map((side) => Math.round(side * scale) || 1);
    // One segment of EXIF has 64 kB at most; others may stand before it.
    const isTurned = kind === "JPEG" && orientationOf(await file.slice(0, 131_072).arrayBuffer()) > 1;
    const isHeavy = file.size > (offer()?.limits.images.bytes_maximum ?? Infinity);
    const before = scale < 1 ? `${given}\u00a0→` : isTurned ? "↻" : !isTaken || isHeavy ? `${kind}\u00a0→` : "";
    const made = before ? await redraw(bitmap, width, height, file.name, isTaken ? kind : "JPEG") : file;
    bitmap.close();
    return { file: made, pixels: { width, height }, before };
  } catch {
    return { flaw: isTaken ? () => words().unreadablePicture : wrongKind(kind, "picture") };
  }
}

/**
 * @param {ImageBitmap} bitmap
 * @param {number} width
 * @param {number} height
 * @param {string} name
 * @param {string} kind a browser that cannot write it writes PNG
 */
async function redraw(bitmap, width, height, name, kind) {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d");
  if (!context) throw new Error("no canvas");
  context.fillStyle = "#fff";
  // A JPEG would be black where it was transparent.
  if (kind === "JPEG") context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, width, height);
  const blob = await canvas.convertToBlob({ type: `image/${kind.toLowerCase()}`, quality: 0.9 });
  return new File([blob], name, { type: blob.type });
}

/**
 * Browsers turn a JPEG by its EXIF (2.32 §4.6), but do not say that they did.
 *
 * @param {ArrayBuffer} head its first bytes
 * @returns {number} 1: upright, also where nothing legible says otherwise; 2 to 8: turned or mirrored
 */
export function orientationOf(head) {
  const view = new DataView(head);
  try {
    // From segment to segment (APP1: EXIF), until the picture itself begins.
    for (let at = 2; view.getUint16(at) !== 0xffda; at += 2 + view.getUint16(at + 2)) {
      const isExif = view.getUint16(at) === 0xffe1 && view.getUint32(at + 4) === 0x45786966;
      if (isExif) return readTag(new DataView(head, at + 10));
    }
  } catch {
    // Cut off: then the browser could not read it either.
  }
  return 1;
}

/** @param {DataView} tiff */
function readTag(tiff) {
  const isLittle = tiff.getUint8(0) === 0x49;
  const directory = tiff.getUint32(4, isLittle);
  for (let left = tiff.getUint16(directory, isLittle), at = directory + 2; left > 0; left--, at += 12) {
    if (tiff.getUint16(at, isLittle) === 0x0112) return tiff.getUint16(at + 8, isLittle);
  }
  return 1;
}
