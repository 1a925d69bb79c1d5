/** Where the middle square of a picture is. Pure. */
import type { Cropping, SequenceParameterSet } from "./sequence-parameter-set.ts";

export type CentredSquare =
  | {
    readonly ok: true;
    /** The cropping that was there and the rows cut in addition. Crop units. */
    readonly cropping: Cropping;
    /** Pixels. */
    readonly side: number;
  }
  | { readonly ok: false; readonly note: string };

/**
 * The whole width and as many rows, the rest cut half above and half below.
 *
 * Only of a portrait picture: decoders keep rows aligned in memory, so that ffmpeg moves a cut at the left to a multiple
 * of 64 bytes unless told to be exact (AV_CODEC_FLAG_UNALIGNED), and the square would be off its middle.
 */
export function centredSquare(picture: SequenceParameterSet): CentredSquare {
  const { width, height, cropping, cropUnit } = picture;
  if (width > height) return { ok: false, note: "a landscape video is not cut to a square exactly by every player" };
  const rowsEachSide = (height - width) / 2;
  if (rowsEachSide % cropUnit.height !== 0) {
    return { ok: false, note: "the rows above and below the square cannot be cut evenly" };
  }
  const units = rowsEachSide / cropUnit.height;
  return {
    ok: true,
    cropping: { ...cropping, top: cropping.top + units, bottom: cropping.bottom + units },
    side: width,
  };
}
