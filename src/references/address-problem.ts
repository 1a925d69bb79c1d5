/** What is wrong with an address, told as a problem of the reference that it was given for. */
import type { AddressError, AddressFault } from "../addresses/address-error.ts";
import type { FieldProblem, RequestErrorCode } from "../errors.ts";

const codes: Readonly<Record<AddressFault, RequestErrorCode>> = {
  malformed: "invalid_input",
  refused: "reference_url_refused",
  failed: "reference_fetch_failed",
};

/** @param field the field's name as the client sent it */
export function addressProblem({ fault, message }: AddressError, field: string): FieldProblem {
  return { field, code: codes[fault], message };
}
