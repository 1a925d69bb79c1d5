/** The prompts of a task as a person edited them, or none for "as they are". */
import { z } from "zod";
import type { FieldProblem } from "../errors.ts";
import { jsonTextSchema } from "../references/json-object.ts";

/** More than any plan has segments. */
export const promptsMaximum = 100;
const tooMany = `Send at most ${promptsMaximum} prompts.`;
const noSuchField = "There is no such field. An approval takes prompt or prompts.";

export const promptEditsSchema = z.strictObject({
  prompt: jsonTextSchema.optional(),
  // Counted before it is looked into: each of a hundred thousand wrong items would be told.
  prompts: z.array(z.unknown(), "Send a list of texts, one for each segment.").max(promptsMaximum, tooMany)
    .pipe(z.array(jsonTextSchema)).optional(),
}, noSuchField);

/** Each prompt its segment's, none for "as they are". */
export type PromptEdits = Readonly<z.infer<typeof promptEditsSchema>>;

export interface ReadEdits {
  /** None, when there are problems. */
  readonly edits: PromptEdits;
  readonly problems: readonly FieldProblem[];
}

/** @param members as they were sent, or given by a program without types */
export function readEdits(members: unknown): ReadEdits {
  const parsed = promptEditsSchema.safeParse(members);
  if (parsed.success) return { edits: parsed.data, problems: [] };
  return { edits: {}, problems: parsed.error.issues.flatMap(problemsOf) };
}

function problemsOf(issue: z.core.$ZodIssue): FieldProblem[] {
  const fields = issue.code === "unrecognized_keys" ? issue.keys : [fieldOf(issue.path)];
  return fields.map((field) => ({ field, code: "invalid_input", message: issue.message }));
}

/** `prompts[1]`; `edits` for all of them */
function fieldOf([first = "edits", ...rest]: readonly PropertyKey[]): string {
  return String(first) + rest.map((step) => `[${String(step)}]`).join("");
}
