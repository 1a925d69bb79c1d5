/** What `generateContent` takes, as far as the stand-in plays it. */
import { z } from "zod";
import { type JsonSchema, jsonSchemaSchema } from "./json-schema.ts";
import { anyTextSchema } from "./long-text.ts";

/** A Duration of protobuf in JSON: seconds, with up to nine decimals. */
const offsetSchema = z.string().regex(/^\d+(\.\d{1,9})?s$/).transform((text) => Number(text.slice(0, -1)));

/** What of a video is watched: from where, seconds, up to where, and how many frames a second. */
const viewingSchema = z.object({
  startOffset: offsetSchema.default(0),
  endOffset: offsetSchema.default(Infinity),
  /** Google's range, and its own rate. */
  fps: z.number().positive().max(24).default(1),
}).refine(({ startOffset, endOffset }) => endOffset > startOffset, { path: ["endOffset"] });

const partSchema = z.looseObject({
  text: anyTextSchema.optional(),
  inlineData: z.object({ mimeType: z.string(), data: anyTextSchema }).optional(),
  fileData: z.object({ mimeType: z.string().optional(), fileUri: z.string() }).optional(),
  videoMetadata: viewingSchema.prefault({}),
});

const requestSchema = z.looseObject({
  systemInstruction: z.looseObject({ parts: z.array(partSchema) }).optional(),
  contents: z.array(z.looseObject({ role: z.enum(["user", "model"]).optional(), parts: z.array(partSchema).min(1) }))
    .min(1),
  generationConfig: z.looseObject({
    responseMimeType: z.string().optional(),
    responseJsonSchema: jsonSchemaSchema.optional(),
    responseSchema: z.unknown().optional(),
    maxOutputTokens: z.number().int().positive().optional(),
  }).prefault({}),
});

export type Viewing = z.infer<typeof viewingSchema>;
export type GenerateRequest = z.infer<typeof requestSchema>;
export type GeneratePart = z.infer<typeof partSchema>;

/** A request that was read, with what it is asked to answer in and all its words, the instructions first. */
export interface ReadGenerate {
  readonly parts: readonly GeneratePart[];
  readonly schema: JsonSchema | undefined;
  readonly text: string;
  readonly outputTokensMaximum: number | undefined;
}

/** @returns the request, or what is wrong with it in Google's words */
export function readGenerateRequest(body: unknown): ReadGenerate | string {
  const parsed = requestSchema.safeParse(inCamelCase(body));
  if (!parsed.success) return `Invalid value at '${parsed.error.issues[0]?.path.join(".") ?? ""}'.`;
  const { responseMimeType, responseJsonSchema, responseSchema, maxOutputTokens } = parsed.data.generationConfig;
  if (responseJsonSchema && responseSchema !== undefined) {
    return "Only one of `responseSchema` and `responseJsonSchema` can be set.";
  }
  if (responseJsonSchema && responseMimeType !== "application/json") {
    return "A response schema is only supported with the response mime type application/json.";
  }
  const parts = parsed.data.contents.flatMap(({ parts }) => parts);
  const spoken = [...(parsed.data.systemInstruction?.parts ?? []), ...parts];
  return {
    parts,
    schema: responseJsonSchema,
    text: spoken.flatMap(({ text }) => text?.head ?? []).join("\n\n"),
    outputTokensMaximum: maxOutputTokens,
  };
}

/** Google's JSON takes both spellings of a field. The schema of the answer is the caller's and stays as it is. */
function inCamelCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inCamelCase);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => {
      const name = key.includes(":") ? key : key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
      const isOpaque = name === "responseJsonSchema" || name.includes(":");
      return [name, isOpaque ? child : inCamelCase(child)];
    }),
  );
}
