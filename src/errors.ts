/**
 * The one vocabulary of failures: what a client reads in a problem+json body and in a task's `error`.
 *
 * A failure at the border (a bad request, a missing setting) is thrown as {@link ServiceError} and turned into a
 * problem in one place, `answer-problem.ts`. A failure upstream is a normal outcome, not an exception: see
 * `upstream/outcome.ts`.
 */
import { z } from "zod";

/** Failures that answer a request, with their HTTP status and RFC 9457 title. */
export const requestErrors = {
  invalid_input: { status: 422, title: "The request cannot be used as it is" },
  unsupported_media_type: { status: 415, title: "This kind of content is not taken here" },
  payload_too_large: { status: 413, title: "Too large" },
  reference_unusable: { status: 422, title: "A reference cannot be used" },
  reference_fetch_failed: { status: 422, title: "A reference could not be fetched" },
  reference_url_refused: { status: 422, title: "The address of a reference is not allowed" },
  unauthorized: { status: 401, title: "A key is needed" },
  cross_site_refused: { status: 403, title: "A page of another site asks" },
  not_found: { status: 404, title: "Not found" },
  method_not_allowed: { status: 405, title: "This route does not take this method" },
  range_not_satisfiable: { status: 416, title: "Nothing of the file lies in this range" },
  wrong_state: { status: 409, title: "The task is not in a state that allows this" },
  idempotency_conflict: { status: 422, title: "The same Idempotency-Key came with another request" },
  rate_limited: { status: 429, title: "Too many requests" },
  budget_exceeded: { status: 402, title: "The day's budget does not cover this" },
  not_configured: { status: 503, title: "A setting is missing or cannot be used" },
  internal: { status: 500, title: "The service failed" },
} as const satisfies Record<string, { status: number; title: string }>;

export type RequestErrorCode = keyof typeof requestErrors;

/** Failures that end a task. */
export const taskErrorCodes = [
  "analysis_failed",
  "prompt_failed",
  "filtered_prompt",
  "filtered_output",
  "model_retired",
  "quota_exhausted",
  "provider_error",
  "submit_unknown",
  "download_failed",
  "deadline_exceeded",
  "not_configured",
  "budget_exceeded",
  "canceled",
] as const;

export const taskErrorCodeSchema = z.enum(taskErrorCodes);
export type TaskErrorCode = z.infer<typeof taskErrorCodeSchema>;

/** Whether a failed task cost money: `unknown` is said wherever the upstream left it open. */
export const chargedSchema = z.enum(["no", "yes", "unknown"]);
export type Charged = z.infer<typeof chargedSchema>;

/** One thing wrong with one field of a request. */
export interface FieldProblem {
  /** The field's name as the client sent it, for example `reference_image2` or `duration_seconds`. */
  readonly field: string;
  readonly code: RequestErrorCode;
  /** What is wrong and what would work instead; a full sentence, shown to people. */
  readonly message: string;
}

/** A failure that answers the request it happened in. */
export class ServiceError extends Error {
  override readonly name = "ServiceError";
  readonly code: RequestErrorCode;
  readonly problems: readonly FieldProblem[];
  readonly headers: Readonly<Record<string, string>>;
  readonly members: Readonly<Record<string, unknown>>;

  /**
   * @param detail a full sentence for the person who made the request; never upstream text, never a secret
   * @param options.problems the fields at fault
   * @param options.members what the problem says besides, for programs (RFC 9457, section 3.2)
   * @param options.headers headers the answer needs, for example `Retry-After` or `Allow`
   */
  constructor(
    code: RequestErrorCode,
    detail: string,
    options: {
      problems?: readonly FieldProblem[];
      headers?: Record<string, string>;
      members?: Record<string, unknown>;
      cause?: unknown;
    } = {},
  ) {
    super(detail, { cause: options.cause });
    this.code = code;
    this.problems = options.problems ?? [];
    this.headers = options.headers ?? {};
    this.members = options.members ?? {};
  }

  /**
   * All problems of one request in one error. Problems of one kind keep their code; mixed ones are `invalid_input`. Of a
   * request that is nothing but problems, only the first are told.
   *
   * @param all at least one
   */
  static ofProblems(all: readonly FieldProblem[]): ServiceError {
    const problems = all.slice(0, problemsMaximum).map((problem) => ({ ...problem, field: shortened(problem.field) }));
    const codes = new Set(problems.map((problem) => problem.code));
    const [first] = problems;
    const code = codes.size === 1 && first ? first.code : "invalid_input";
    const detail = problems.map((problem) => `${problem.field}: ${problem.message}`).join(" ");
    return new ServiceError(code, detail, { problems });
  }
}

/** Twice as many as a request may have fields. An answer must not be many times as long as what it answers. */
const problemsMaximum = 64;

/** The longest name of a field has 20 characters; what is longer is told by its beginning. */
const fieldLengthMaximum = 100;

function shortened(field: string): string {
  return field.length > fieldLengthMaximum ? `${field.slice(0, fieldLengthMaximum)}…` : field;
}
