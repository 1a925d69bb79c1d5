/** From the fields of a request, all text, to what is asked for. */
import type { z } from "zod";
import type { FieldProblem } from "../errors.ts";
import { acceptedRequestSchema, type TaskRequest, taskRequestSchema } from "./request.ts";

export type ReadFields =
  | { readonly ok: true; readonly request: TaskRequest }
  | { readonly ok: false; readonly problems: readonly FieldProblem[] };

/**
 * @param fields each field's values in the order they came; an empty value counts as absent
 * @param referenceFields the fields that references come in, to be named beside the others when an unknown one is sent
 * @returns the request with its defaults, or every problem, each naming its field
 */
export function readTaskFields(
  fields: ReadonlyMap<string, readonly string[]>,
  referenceFields: readonly string[],
): ReadFields {
  const known = Object.keys(taskRequestSchema.shape);
  const unknown = [...fields.keys()].filter((field) => !known.includes(field));
  const problems = unknown.map((field) => unknownField(field, [...referenceFields, ...known]));
  const single: [string, string][] = [];
  for (const field of known) {
    const [value, ...more] = (fields.get(field) ?? []).filter((text) => text !== "");
    if (more.length > 0) problems.push(sentTwice(field));
    else if (value !== undefined) single.push([field, value]);
  }
  const parsed = taskRequestSchema.safeParse(Object.fromEntries(single));
  if (parsed.success && problems.length === 0) return { ok: true, request: acceptedRequestSchema.parse(parsed.data) };
  return { ok: false, problems: [...problems, ...(parsed.error?.issues ?? []).map(problemOf)] };
}

function problemOf(issue: z.core.$ZodIssue): FieldProblem {
  return { field: issue.path.join("."), code: "invalid_input", message: issue.message };
}

function sentTwice(field: string): FieldProblem {
  return { field, code: "invalid_input", message: "This was sent more than once. Send it once." };
}

function unknownField(field: string, known: readonly string[]): FieldProblem {
  return {
    field,
    code: "invalid_input",
    message: `There is no such field. This request takes ${known.join(", ")}.`,
  };
}
