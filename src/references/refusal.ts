/** Why a reference is not taken: thrown out of the middle of an upload, and told as a {@link FieldProblem}. */
import type { FieldProblem, RequestErrorCode } from "../errors.ts";

export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly code: RequestErrorCode;

  /** @param message what is wrong and what would work instead; full sentences, shown to people */
  constructor(code: RequestErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }

  /** @param field the field's name as the client sent it */
  ofField(field: string): FieldProblem {
    return { field, code: this.code, message: this.message };
  }
}
