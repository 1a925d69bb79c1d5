/** What a customer should know from the start, though nothing is wrong. Pure. */
import type { StoredImage } from "../references/schema.ts";
import type { Warning } from "./status.ts";

/**
 * @param asked the wished length, seconds
 * @param delivered the length the video will have, seconds
 * @param images in the order of the references
 */
export function startWarnings(asked: number, delivered: number, images: readonly StoredImage[]): Warning[] {
  const rotated = images.flatMap(({ orientation }, index) => orientation === 1 ? [] : [rotatedWarning(index + 1)]);
  return asked === delivered ? rotated : [roundedUpWarning(asked, delivered), ...rotated];
}

function roundedUpWarning(asked: number, delivered: number): Warning {
  return {
    code: "duration_rounded_up",
    message: `The model makes clips of ${delivered} s from pictures; the video will be ${delivered} s, not ${asked} s.`,
  };
}

/** The bytes go to the models as they are: a Worker cannot turn a picture without decoding it. */
function rotatedWarning(position: number): Warning {
  return {
    code: "reference_rotated",
    message: `Picture ${position} is stored turned, with a note (EXIF) how to show it. ` +
      "The video model may not read that note; an upright copy is safer.",
  };
}
