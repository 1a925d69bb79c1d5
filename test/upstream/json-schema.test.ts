import { describe, expect, it } from "vitest";
import { z } from "zod";
import { imageAnalysisSchema, videoAnalysisSchema } from "../../src/analysis/schema.ts";
import { storyboardSchema } from "../../src/prompt/draft.ts";
import { jsonSchemaOf } from "../../src/upstream/json-schema.ts";

/** What Gemini takes in `responseJsonSchema`, by the SDK's documentation of that field (3.1.0). */
const geminiKeywords = new Set([
  ...["$id", "$defs", "$ref", "$anchor", "type", "format", "title", "description", "enum", "items", "prefixItems"],
  ...["minItems", "maxItems", "minimum", "maximum", "anyOf", "oneOf", "properties", "additionalProperties", "required"],
]);

const objectSchema = z.record(z.string(), z.unknown());

/** Every schema within a schema, itself included. */
function schemasIn(schema: unknown): Record<string, unknown>[] {
  const parsed = objectSchema.safeParse(schema);
  if (!parsed.success) return [];
  const { properties, items, anyOf } = parsed.data;
  const choices = Array.isArray(anyOf) ? anyOf : [];
  const children = [...Object.values(objectSchema.parse(properties ?? {})), items, ...choices];
  return [parsed.data, ...children.flatMap(schemasIn)];
}

describe("the schemas that models answer in", () => {
  it.each([
    ["an analysis of a picture", imageAnalysisSchema],
    ["an analysis of a video", videoAnalysisSchema],
    ["a storyboard", storyboardSchema],
  ])("use only what both upstreams take: %s", (_name, schema) => {
    const schemas = schemasIn(jsonSchemaOf(schema));
    expect(schemas.flatMap(Object.keys).filter((keyword) => !geminiKeywords.has(keyword))).toEqual([]);
    const objects = schemas.filter(({ type }) => type === "object");
    expect(objects.length).toBeGreaterThan(1);
    for (const { properties, required, additionalProperties } of objects) {
      expect(required).toEqual(Object.keys(objectSchema.parse(properties)));
      expect(additionalProperties).toBe(false);
    }
  });

  it("say by anyOf what may be null, and whole numbers by their type", () => {
    const schema = z.object({ seconds: z.number().int().nullable() });
    expect(jsonSchemaOf(schema)).toMatchObject({
      properties: { seconds: { anyOf: [{ type: "integer" }, { type: "null" }] } },
    });
  });
});
