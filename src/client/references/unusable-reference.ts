/** What is wrong with one reference, before it is said which argument it is. */
import type { RequestErrorCode } from "../errors.ts";

export class UnusableReference extends Error {
  override readonly name = "UnusableReference";
  readonly code: RequestErrorCode;

  /** @param message a full sentence for the programmer */
  constructor(code: RequestErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}
