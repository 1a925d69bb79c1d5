/** What can go wrong, told apart by class and `code`; the codes are the HTTP API's. */
import type { Charged, FieldProblem, RequestErrorCode, TaskErrorCode } from "../errors.ts";
import type { Task } from "./task.ts";

export type { Charged, FieldProblem, RequestErrorCode, TaskErrorCode };

/** Whatever this library throws on purpose. An abort is thrown as the signal's own reason. */
export class Veo31Error extends Error {
  override readonly name: string = "Veo31Error";
}

/**
 * The request was refused: nothing was started, stored or paid. Only of `internal` nobody knows that: the service failed in
 * the middle, and the same order with the same `idempotencyKey` finds what it started.
 */
export class RequestRefusedError extends Veo31Error {
  override readonly name = "RequestRefusedError";
  readonly code: RequestErrorCode;
  /** The fields at fault, by the HTTP API's names. */
  readonly problems: readonly FieldProblem[];
  /** When to come again, seconds; null when nobody said. */
  readonly retryAfterSeconds: number | null;

  constructor(
    code: RequestErrorCode,
    message: string,
    options: {
      readonly problems?: readonly FieldProblem[];
      readonly retryAfterSeconds?: number | null;
      readonly cause?: unknown;
    } = {},
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.problems = options.problems ?? [];
    this.retryAfterSeconds = options.retryAfterSeconds ?? null;
  }
}

/** The task ended without its video. What was learned and made is in `task`. */
export class GenerationFailedError extends Veo31Error {
  override readonly name = "GenerationFailedError";
  readonly code: TaskErrorCode;
  readonly retryable: boolean;
  /** Whether it cost money; `unknown` where the upstream left it open. */
  readonly charged: Charged;
  readonly task: Task;

  constructor(task: Task & { readonly error: NonNullable<Task["error"]> }) {
    super(task.error.message);
    this.code = task.error.code;
    this.retryable = task.error.retryable;
    this.charged = task.error.charged;
    this.task = task;
  }
}

/** The deployment could not be reached, or gave no answer of its own. What was started goes on: see `taskId`. */
export class ConnectionError extends Veo31Error {
  override readonly name = "ConnectionError";
  /** The task that it was about, which goes on without us; null when none is known to have started. */
  readonly taskId: string | null;
  /** The HTTP status of what answered in the deployment's place; null when nothing did. */
  readonly status: number | null;

  constructor(
    message: string,
    options: { readonly taskId?: string | null; readonly status?: number | null; readonly cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.taskId = options.taskId ?? null;
    this.status = options.status ?? null;
  }
}
