/** What `predictLongRunning` takes on the Gemini API, field by field. */
import { z } from "zod";
import { anyTextSchema } from "./long-text.ts";

const imageSchema = z.strictObject({ bytesBase64Encoded: anyTextSchema, mimeType: z.string() });

const instanceSchema = z.strictObject({
  prompt: anyTextSchema.optional(),
  image: imageSchema.optional(),
  lastFrame: imageSchema.optional(),
  referenceImages: z.array(z.strictObject({ image: imageSchema, referenceType: z.string() })).optional(),
  video: z.strictObject({ uri: z.string() }).optional(),
});

const parametersSchema = z.strictObject({
  aspectRatio: z.string().default("16:9"),
  resolution: z.string().default("720p"),
  durationSeconds: z.number().default(8),
  personGeneration: z.string().optional(),
  negativePrompt: z.string().optional(),
  sampleCount: z.number().default(1),
  seed: z.number().int().optional(),
});

const requestSchema = z.strictObject({
  instances: z.tuple([instanceSchema]),
  parameters: parametersSchema.prefault({}),
});

export type VeoImage = z.infer<typeof imageSchema>;
export type VeoInstance = z.infer<typeof instanceSchema>;
export type VeoParameters = z.infer<typeof parametersSchema>;

export type ReadVeoRequest =
  | { readonly ok: true; readonly instance: VeoInstance; readonly parameters: VeoParameters }
  | { readonly ok: false; readonly message: string };

/** @returns the request, or what is wrong with its shape in the API's words */
export function readVeoRequest(body: unknown): ReadVeoRequest {
  const parsed = requestSchema.safeParse(body);
  if (!parsed.success) return { ok: false, message: shapeMessage(parsed.error) };
  const { instances: [instance], parameters } = parsed.data;
  return { ok: true, instance, parameters };
}

/** All pictures of an instance, whatever they are for. */
export function imagesOf({ image, lastFrame, referenceImages = [] }: VeoInstance): VeoImage[] {
  return [image, lastFrame, ...referenceImages.map((reference) => reference.image)].filter((one) => one !== undefined);
}

/** Fields that exist elsewhere (other models, Vertex AI) are named as unsupported, others as unknown. */
const unsupported = [
  "inlineData",
  "gcsUri",
  "generateAudio",
  "enhancePrompt",
  "storageUri",
  "fps",
  "mask",
  "resizeMode",
];

function shapeMessage(error: z.ZodError): string {
  const unknown = error.issues.find((issue) => issue.code === "unrecognized_keys");
  const key = unknown?.keys.find((name) => unsupported.includes(name)) ?? unknown?.keys[0];
  if (unknown && key !== undefined) {
    return unsupported.includes(key)
      ? `\`${key}\` isn't supported by this model. Please remove it or refer to the Gemini API documentation for supported usage.`
      : `Invalid JSON payload received. Unknown name "${key}" at '${pathOf(unknown)}': Cannot find field.`;
  }
  const [issue] = error.issues;
  const path = issue ? pathOf(issue) : "";
  if (issue?.code === "invalid_type" && issue.expected === "number") {
    return `The value type for \`${issue.path.at(-1)?.toString()}\` needs to be a number.`;
  }
  return `Invalid value at '${path}'.`;
}

function pathOf({ path }: { path: PropertyKey[] }): string {
  return path.map((step) => typeof step === "number" ? `[${step}]` : String(step)).join(".").replaceAll(".[", "[");
}
