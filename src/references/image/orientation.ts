/** EXIF orientation out of a TIFF structure (Exif 2.32 §4.6, TIFF 6.0 §2): all that is wanted of it. */
import { startsWith } from "../starts-with.ts";

const orientationTag = 0x0112;
const shortType = 3;
const entryBytes = 12;
const exifPrefix = "Exif\0\0";

/** How a picture lies when nothing says otherwise. */
export const upright = 1;

/** EXIF sits in one JPEG segment, so it cannot be longer; PNG and WebP could hold more, but nobody writes it. */
export const exifBytesMaximum = 65_535;

/**
 * The orientation an EXIF block asks for, 1 to 8, or null when it says nothing that can be read. A damaged block is not
 * a damaged picture.
 *
 * @param exif with or without the `Exif\0\0` in front (JPEG has it always, WebP sometimes, PNG never)
 */
export function readOrientation(exif: Uint8Array): number | null {
  const tiff = startsWith(exif, exifPrefix) ? exif.subarray(exifPrefix.length) : exif;
  const littleEndian = startsWith(tiff, "II*\0");
  if (!littleEndian && !startsWith(tiff, "MM\0*")) return null;
  if (tiff.length < 8) return null;
  return findOrientation(new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength), littleEndian);
}

/** Looks through the first directory; the second is the thumbnail's and must not be read. */
function findOrientation(view: DataView, littleEndian: boolean): number | null {
  const directory = view.getUint32(4, littleEndian);
  if (directory + 2 > view.byteLength) return null;
  const entries = view.getUint16(directory, littleEndian);
  for (let index = 0; index < entries; index++) {
    const entry = directory + 2 + index * entryBytes;
    if (entry + entryBytes > view.byteLength) return null;
    if (view.getUint16(entry, littleEndian) !== orientationTag) continue;
    if (view.getUint16(entry + 2, littleEndian) !== shortType) return null;
    const value = view.getUint16(entry + 8, littleEndian);
    return value >= 1 && value <= 8 ? value : null;
  }
  return null;
}
