/** Why an address that a stranger gave is not opened, in words for the one who gave it. */

/**
 * - `malformed`: it is no address
 * - `refused`: it is one, but not one that is opened
 * - `failed`: it could not be opened, or what it gave broke off
 */
export type AddressFault = "malformed" | "refused" | "failed";

export class AddressError extends Error {
  override readonly name = "AddressError";
  readonly fault: AddressFault;

  /** @param message what is wrong and what would work instead; full sentences, nothing that only our network knows */
  constructor(fault: AddressFault, message: string, cause?: unknown) {
    super(message, { cause });
    this.fault = fault;
  }
}
