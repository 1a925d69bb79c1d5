/** Arguments that are the tool's own, not the service's. */
import type { z } from "zod";
import { type FieldProblem, ServiceError } from "../errors.ts";
import type { Arguments } from "./tool.ts";

/** @throws ServiceError `invalid_input`, naming each argument that cannot be used */
export function readArguments<Schema extends z.ZodType>(schema: Schema, sent: Arguments): z.output<Schema> {
  const read = schema.safeParse(sent);
  if (read.success) return read.data;
  throw ServiceError.ofProblems(read.error.issues.flatMap(problemsOf));
}

function problemsOf(issue: z.core.$ZodIssue): FieldProblem[] {
  if (issue.code !== "unrecognized_keys") {
    return [{ field: issue.path.join("."), code: "invalid_input", message: `${issue.message}.` }];
  }
  return issue.keys.map((field) => ({ field, code: "invalid_input", message: "This tool has no such argument." }));
}
