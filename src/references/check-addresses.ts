/** What can be said about addresses before anything is fetched. */
import type { FieldProblem } from "../errors.ts";
import { guardAddress, type GuardOptions } from "./address-guard.ts";
import type { ReferenceAddresses } from "./fetch-references.ts";
import { imageUrlsField, videoUrlField } from "./fields.ts";
import { Refusal } from "./refusal.ts";

/** Every address that the guard refuses, so that they are told together with what else is wrong with a request. */
export function checkAddresses({ imageUrls, videoUrl }: ReferenceAddresses, options: GuardOptions): FieldProblem[] {
  const images = imageUrls.flatMap((url, index) => checkAddress(url, `${imageUrlsField}[${index}]`, options));
  return videoUrl === null ? images : [...images, ...checkAddress(videoUrl, videoUrlField, options)];
}

function checkAddress(url: string, field: string, options: GuardOptions): FieldProblem[] {
  try {
    guardAddress(url, options);
    return [];
  } catch (error) {
    if (error instanceof Refusal) return [error.ofField(field)];
    throw error;
  }
}
