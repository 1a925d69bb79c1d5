/** A model's text that was asked to be JSON of a given shape. */
import type { z } from "zod";
import { failed, type Outcome, succeeded } from "./outcome.ts";

/** The text as what the schema describes, or the fault `off_schema`. */
export function parseStructured<Answer>(text: string, schema: z.ZodType<Answer>): Outcome<Answer> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return failed("off_schema", "the model's answer is not JSON");
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return succeeded(parsed.data);
  const fields = parsed.error.issues.map(({ path }) => path.map(String).join(".")).join(", ");
  return failed("off_schema", `the model's answer is not of the shape asked for, at: ${fields || "its root"}`);
}
