/** The parts that answers of several routes have in common. */
import type { oas31, ZodOpenApiResponseObject } from "zod-openapi";
import { type HeaderName, withHeaders } from "./headers.ts";

export type Examples = Readonly<Record<string, { readonly summary: string; readonly value: unknown }>>;

/** JSON of a schema of the document. */
export function json(schema: string, examples: Examples): Record<string, oas31.MediaTypeObject> {
  return { "application/json": { schema: { $ref: `#/components/schemas/${schema}` }, examples: { ...examples } } };
}

/** An answer with JSON. */
export function answer(
  description: string,
  schema: string,
  examples: Examples,
  named: Readonly<Record<string, HeaderName>>,
): ZodOpenApiResponseObject {
  return { description, headers: withHeaders(named), content: json(schema, examples) };
}

/** An answer without a body. */
export function empty(
  description: string,
  named: Readonly<Record<string, HeaderName>> = {},
): ZodOpenApiResponseObject {
  return { description, headers: withHeaders(named) };
}

/** How an answer is cached that holds for nobody else, and not for later. */
export const notStored = { "Cache-Control": "CacheControl" } as const;
/** How a task is cached: by its tag. */
export const tagged = { "ETag": "ETag", "Cache-Control": "CacheControl" } as const;
