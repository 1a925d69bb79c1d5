/** The JSON Schema that a model is asked to answer in. */
import { z } from "zod";

/**
 * A zod schema in the subset of JSON Schema that OpenAI's strict mode and Gemini's `responseJsonSchema` share: every
 * property required, nothing additional, `null` by `anyOf`, no `$schema`.
 * Gemini takes the keywords that the SDK lists at `responseJsonSchema` (3.1.0). What it does with others (`const`,
 * `pattern`, `exclusiveMinimum`) is told in two ways: it ignores them, or refuses the request. So the schemas do without
 * them, and without many bounds: those make a schema that it refuses for "too many states".
 */
export function jsonSchemaOf(schema: z.ZodType): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema);
  return rest;
}
