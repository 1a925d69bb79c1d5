/** What the service's steps refuse, in this library's words. */
import { ServiceError } from "../../errors.ts";
import type { TaskStatus } from "../../task/status.ts";
import { inArguments } from "../argument-names.ts";
import { type FieldProblem, RequestRefusedError } from "../errors.ts";
import { inOptions } from "./direct-settings.ts";

/**
 * What the work gives.
 *
 * @throws RequestRefusedError in place of the service's own error; else what the work throws
 */
export async function asLibrary<Value>(work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof ServiceError ? refusalOf(error) : error;
  }
}

function refusalOf(error: ServiceError): RequestRefusedError {
  const problems = error.problems.map((problem) => ({ ...problem, message: inOptions(problem.message) }));
  const message = inArguments(problems) || inOptions(error.message);
  return new RequestRefusedError(error.code, message, { problems, cause: error });
}

/** @param problems at least one */
export function refused(problems: readonly FieldProblem[]): ServiceError {
  return ServiceError.ofProblems(problems);
}

export function noSuchTask(): RequestRefusedError {
  return new RequestRefusedError("not_found", "There is no such task here. It may have been removed.");
}

/** Of the processes that share a folder one makes a task, and only that one can change it. */
export function othersTask(): RequestRefusedError {
  return new RequestRefusedError(
    "wrong_state",
    "Another process is making this video. Do it there, or when that process has ended.",
  );
}

export function wrongState(status: TaskStatus, wish: string): RequestRefusedError {
  return new RequestRefusedError("wrong_state", `A task that is ${status} cannot be ${wish}.`);
}
