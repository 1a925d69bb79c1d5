/** One reference on the table: a file, what is known of it, and why it will not work if it certainly will not. */
import { size } from "../numbers.js";
import { offer } from "../offer.js";
import { speakFieldProblem } from "../problems.js";
import { fileKind } from "./file-kind.js";
import { words } from "../words.js";

/** @import { FieldProblem } from "../types.js" */

/** @typedef {"picture" | "video"} Sort */

/**
 * `refused`: the service took it and said no, so it is not sent again.
 *
 * @typedef {{ code: "wrong_kind", name: string | null }
 *   | { code: "refused", problem: FieldProblem }
 *   | { code: "empty" | "too_large" | "too_many_pixels" | "unreadable" | "animated" }} Flaw
 */

/**
 * @typedef {object} Reference
 * @property {Sort} sort where it lies: among the prints or on the strip
 * @property {File} file
 * @property {string} address a blob address, to show it; give it back with {@link discard}
 * @property {{ width: number, height: number } | null} pixels as a person sees it; null before it was opened
 * @property {Flaw | null} flaw
 */

/**
 * @param {File} file
 * @param {Sort} sort
 * @returns {Promise<Reference>}
 */
export async function examine(file, sort) {
  const flaw = await findFlaw(file, sort);
  return { sort, file, address: URL.createObjectURL(file), pixels: null, flaw };
}

/** @param {Reference | null} reference */
export function discard(reference) {
  if (reference) URL.revokeObjectURL(reference.address);
}

/**
 * @param {number} width
 * @param {number} height
 */
export function hasTooManyPixels(width, height) {
  const images = offer()?.limits.images;
  return images !== undefined &&
    (width * height > images.pixels_maximum || Math.max(width, height) > images.side_maximum);
}

/**
 * What is wrong and what to do, in the reader's language.
 *
 * @param {Reference} reference
 * @param {Flaw} flaw its flaw
 */
export function describeFlaw({ sort, file }, flaw) {
  const say = words();
  switch (flaw.code) {
    case "refused":
      return speakFieldProblem(flaw.problem).text;
    case "wrong_kind":
      return (sort === "picture" ? say.wrongPicture : say.wrongVideo)(flaw.name ?? say.unknownKind);
    case "empty":
      return say.emptyFile;
    case "too_large":
      return say.tooLarge(size(file.size), size(bytesMaximum(sort)));
    case "too_many_pixels":
      return say.tooManyPixels;
    case "unreadable":
      return say.unreadablePicture;
    case "animated":
      return say.animatedPicture;
  }
}

/**
 * @param {File} file
 * @param {Sort} sort
 * @returns {Promise<Flaw | null>}
 */
async function findFlaw(file, sort) {
  if (file.size === 0) return { code: "empty" };
  const kind = await fileKind(file);
  if (kind.sort !== sort) return { code: "wrong_kind", name: kind.name };
  if (kind.animated) return { code: "animated" };
  return file.size > bytesMaximum(sort) ? { code: "too_large" } : null;
}

/**
 * Without limit while the service has not said it: it checks what it gets.
 *
 * @param {Sort} sort
 */
function bytesMaximum(sort) {
  const limits = offer()?.limits;
  return (sort === "picture" ? limits?.images : limits?.video)?.bytes_maximum ?? Infinity;
}
