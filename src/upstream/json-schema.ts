/** The JSON Schema that a model is asked to answer in. */
import { z } from "zod";

/**
 * A zod schema in the subset of JSON Schema that OpenAI's strict mode and Gemini's `responseJsonSchema` share: every
 * property required, nothing additional, no `$schema` (Gemini's list of keywords does not have it).
 */
export function jsonSchemaOf(schema: z.ZodType): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema);
  return rest;
}
