/** Where the references of an order are, or what is wrong with their number and kind. Pure. */
import type { FieldProblem } from "../../errors.ts";
import { imageFields, videoField } from "../../references/fields.ts";
import type { Order, Reference } from "../order.ts";
import { placeOf, type ReferencePlace } from "../references/reference-place.ts";

/** What each reference is called when something is wrong with it. */
export const referenceFields = [...imageFields, videoField];

export interface ReferencePlaces {
  /** One to three, when there is no problem. */
  readonly images: readonly ReferencePlace[];
  readonly video: ReferencePlace | null;
}

export function placesOf(
  { referenceImages, videoReference }: Pick<Order, "referenceImages" | "videoReference">,
): ReferencePlaces & { readonly problems: readonly FieldProblem[] } {
  const given: readonly Reference[] = Array.isArray(referenceImages) ? referenceImages : [];
  const images = given.map(placeOf);
  const video = videoReference === undefined ? null : placeOf(videoReference);
  return {
    images: images.flatMap((place) => place ?? []),
    video,
    problems: [
      ...(given.length === 0 || given.length > imageFields.length ? [wrongNumber] : []),
      ...images.flatMap((place, index) => place ? [] : [noReference(`reference_image${index + 1}`)]),
      ...(videoReference !== undefined && !video ? [noReference(videoField)] : []),
    ],
  };
}

const wrongNumber: FieldProblem = {
  field: "reference_images",
  code: "invalid_input",
  message: `Give a list of 1 to ${imageFields.length} pictures.`,
};

function noReference(field: string): FieldProblem {
  const message = "This is no reference. Give an address, a path, bytes, a Blob or a stream.";
  return { field, code: "invalid_input", message };
}
