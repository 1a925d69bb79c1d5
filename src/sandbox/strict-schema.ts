/** What OpenAI demands of a schema for strict structured output, said in its own words. */
import { hasType, type JsonSchema } from "./json-schema.ts";

/**
 * @param name of the format, for the message
 * @returns what is wrong, or null when nothing is
 */
export function findStrictProblem(name: string, schema: JsonSchema): string | null {
  const intro = `Invalid schema for response_format '${name}': `;
  if (!hasType(schema, "object")) {
    return `${intro}schema must be a JSON Schema of 'type: "object"', got 'type: "${String(schema.type ?? null)}"'.`;
  }
  const problem = findProblemIn(schema, []);
  return problem === null ? null : intro + problem;
}

function findProblemIn(schema: JsonSchema, path: readonly string[]): string | null {
  const own = hasType(schema, "object") || schema.properties ? findObjectProblem(schema, path) : null;
  if (own !== null) return own;
  if (hasType(schema, "array") && !schema.items) return `In context=${context(path)}, array schema missing items.`;
  for (const [steps, child] of childrenOf(schema)) {
    const problem = findProblemIn(child, [...path, ...steps]);
    if (problem !== null) return problem;
  }
  return null;
}

function findObjectProblem({ properties = {}, required, additionalProperties }: JsonSchema, path: readonly string[]) {
  if (additionalProperties !== false) {
    return `In context=${context(path)}, 'additionalProperties' is required to be supplied and to be false.`;
  }
  const missing = Object.keys(properties).find((key) => !required?.includes(key));
  if (missing === undefined) return null;
  return `In context=${context(path)}, 'required' is required to be supplied and to be an array including every key ` +
    `in properties. Missing '${missing}'.`;
}

function childrenOf(schema: JsonSchema): [string[], JsonSchema][] {
  return [
    ...Object.entries(schema.properties ?? {}).map((
      [key, child],
    ): [string[], JsonSchema] => [["properties", key], child]),
    ...Object.entries(schema.$defs ?? {}).map(([key, child]): [string[], JsonSchema] => [["$defs", key], child]),
    ...(schema.anyOf ?? []).map((child, index): [string[], JsonSchema] => [["anyOf", String(index)], child]),
    ...(schema.items ? [[["items"], schema.items] satisfies [string[], JsonSchema]] : []),
  ];
}

/** A Python tuple, as the API prints it. */
function context(path: readonly string[]): string {
  return `(${path.map((step) => `'${step}'`).join(", ")}${path.length === 1 ? "," : ""})`;
}
