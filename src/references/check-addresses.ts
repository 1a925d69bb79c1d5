/** What can be said about addresses before anything is fetched. */
import { AddressError } from "../addresses/address-error.ts";
import { type AddressRules, guardAddress } from "../addresses/address-guard.ts";
import type { FieldProblem } from "../errors.ts";
import { addressProblem } from "./address-problem.ts";
import type { ReferenceAddresses } from "./fetch-references.ts";
import { imageUrlsField, videoUrlField } from "./fields.ts";

/** Every address that the guard refuses, so that they are told together with what else is wrong with a request. */
export function checkAddresses({ imageUrls, videoUrl }: ReferenceAddresses, rules: AddressRules): FieldProblem[] {
  const images = imageUrls.flatMap((url, index) => checkAddress(url, `${imageUrlsField}[${index}]`, rules));
  return videoUrl === null ? images : [...images, ...checkAddress(videoUrl, videoUrlField, rules)];
}

function checkAddress(url: string, field: string, rules: AddressRules): FieldProblem[] {
  try {
    guardAddress(url, rules);
    return [];
  } catch (error) {
    if (error instanceof AddressError) return [addressProblem(error, field)];
    throw error;
  }
}
