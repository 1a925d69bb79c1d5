/**
 * What requests carry. Whatever the body, the service reads fields as text; described is what that text says, which is also
 * what JSON may have instead of it.
 */
import { z } from "zod";
import { addressLengthMaximum } from "../../src/addresses/address-guard.ts";
import { imageFields, imageUrlsField, videoField, videoUrlField } from "../../src/references/fields.ts";
import { imagesMaximum } from "../../src/references/limits.ts";
import { promptEditsSchema, promptsMaximum } from "../../src/task/prompt-edits.ts";
import { acceptedRequestSchema, taskRequestSchema } from "../../src/task/request.ts";

type JsonSchema = z.core.JSONSchema.BaseSchema;
type Properties = Record<string, JsonSchema>;

const propertiesSchema = z.object({
  properties: z.record(z.string(), z.custom<JsonSchema>((schema) => typeof schema === "object" && schema !== null)),
});

/** The fields of a wish, by the schemas that read and store them: of what is transformed, the stored form has the type. */
const stored = propertiesOf(acceptedRequestSchema);
const wishes = Object.fromEntries(
  Object.entries(propertiesOf(taskRequestSchema)).map(([field, schema]) => [
    field,
    schema.type === undefined ? { ...stored[field], ...schema } : schema,
  ]),
);

const file: JsonSchema = { type: "string", format: "binary" };
const address: JsonSchema = { type: "string", format: "uri", maxLength: addressLengthMaximum };
const { prompt = {}, prompts = {} } = propertiesOf(promptEditsSchema);

export const requestSchemas: Record<string, JsonSchema> = {
  Wishes: strict(wishes),
  OrderWithFiles: {
    ...strict({ ...Object.fromEntries([...imageFields, videoField].map((field) => [field, file])), ...wishes }),
    // Of three, any one will do.
    anyOf: imageFields.map((field) => ({ required: [field] })),
  },
  OrderByAddresses: {
    ...strict({
      [imageUrlsField]: {
        oneOf: [{ type: "array", items: address, minItems: 1, maxItems: imagesMaximum }, { type: "string" }],
      },
      [videoUrlField]: address,
      ...wishes,
    }),
    required: [imageUrlsField],
  },
  PromptEdits: {
    ...strict({ prompt, prompts: { ...prompts, maxItems: promptsMaximum } }),
    // One or the other, or none.
    maxProperties: 1,
  },
};

function propertiesOf(schema: z.ZodType): Properties {
  const options = { io: "output", unrepresentable: "any" } as const;
  return propertiesSchema.parse(z.toJSONSchema(schema, options)).properties;
}

function strict(properties: Properties): JsonSchema {
  // Each a copy: words are written into it.
  return { type: "object", properties: structuredClone(properties), additionalProperties: false };
}
