/** A model's text that was asked to be JSON of a given shape. */
import type { z } from "zod";
import { failed, type Outcome, succeeded } from "./outcome.ts";

/** Characters; ten times what the token limits of our questions leave room for in any script. */
const answerCharactersMaximum = 500_000;

/** Some models put JSON into a code block even where nothing but JSON is allowed. */
const codeBlock = /^\s*```(?:json)?\s*\n([^]*?)\n?\s*```\s*$/i;

/** The text as what the schema describes and nothing more, or the fault `off_schema`. */
export function parseStructured<Answer>(text: string, schema: z.ZodType<Answer>): Outcome<Answer> {
  if (text.length > answerCharactersMaximum) return failed("off_schema", "the model's answer is far too long");
  let json: unknown;
  try {
    json = JSON.parse(codeBlock.exec(text)?.[1] ?? text);
  } catch {
    return failed("off_schema", "the model's answer is not JSON");
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return succeeded(parsed.data);
  const fields = parsed.error.issues.map(({ path }) => path.map(String).join(".")).join(", ");
  return failed("off_schema", `the model's answer is not of the shape asked for, at: ${fields || "its root"}`);
}
