/** From the fields of a form, all text, to a checked request. */
import type { z } from "zod";
import type { FieldProblem } from "../errors.ts";
import { type TaskRequest, taskRequestSchema } from "./request.ts";

export type ReadFields =
  | { readonly ok: true; readonly request: TaskRequest }
  | { readonly ok: false; readonly problems: FieldProblem[] };

/**
 * @param fields each field's values in the order they came; an empty value counts as absent
 * @returns the request with its defaults, or every problem, each naming its field
 */
export function readTaskFields(fields: ReadonlyMap<string, readonly string[]>): ReadFields {
  const problems: FieldProblem[] = [];
  const single: Record<string, string> = {};
  for (const [field, sent] of fields) {
    const [value, ...more] = sent.filter((text) => text !== "");
    if (more.length > 0) problems.push({ field, code: "invalid_input", message: "was sent more than once." });
    else if (value !== undefined) single[field] = value;
    else if (!(field in taskRequestSchema.shape)) problems.push(unknownField(field));
  }
  const parsed = taskRequestSchema.safeParse(single);
  if (parsed.success && problems.length === 0) return { ok: true, request: parsed.data };
  return { ok: false, problems: [...problems, ...(parsed.error?.issues ?? []).flatMap(problemsOf)] };
}

function problemsOf(issue: z.core.$ZodIssue): FieldProblem[] {
  if (issue.code === "unrecognized_keys") return issue.keys.map(unknownField);
  return [{ field: issue.path.join("."), code: "invalid_input", message: issue.message }];
}

function unknownField(field: string): FieldProblem {
  return {
    field,
    code: "invalid_input",
    message: `is not a field of this request. It takes ${Object.keys(taskRequestSchema.shape).join(", ")}.`,
  };
}
