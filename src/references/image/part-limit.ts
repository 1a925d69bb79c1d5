import { Refusal } from "../refusal.ts";

/**
 * How many parts a picture may have: chunks of a PNG or a WebP, segments and scans of a JPEG. A part can be as short as
 * two bytes, and both we and who decodes the picture spend more time on each than on megabytes of pixels.
 *
 * @returns to be called at each part
 */
export function partLimit(partsMaximum: number): () => void {
  let parts = 0;
  return () => {
    if (++parts > partsMaximum) {
      throw new Refusal("reference_unusable", "The picture is in more parts than any real one.");
    }
  };
}
