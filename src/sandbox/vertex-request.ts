/** What `predictLongRunning` takes for Veo on Vertex AI, field by field. */
import { z } from "zod";
import { anyTextSchema } from "./long-text.ts";

const mediaSchema = z.strictObject({
  bytesBase64Encoded: anyTextSchema.optional(),
  gcsUri: z.string().optional(),
  mimeType: z.string().optional(),
});

const instanceSchema = z.strictObject({
  prompt: anyTextSchema.optional(),
  image: mediaSchema.optional(),
  lastFrame: mediaSchema.optional(),
  referenceImages: z.array(z.strictObject({ image: mediaSchema, referenceType: z.string() })).optional(),
  video: mediaSchema.optional(),
});

const seedMaximum = 2 ** 32 - 1;

const parametersSchema = z.strictObject({
  aspectRatio: z.string().default("16:9"),
  resolution: z.string().default("720p"),
  durationSeconds: z.number().optional(),
  sampleCount: z.number().default(1),
  generateAudio: z.boolean().optional(),
  seed: z.number().int().min(0).max(seedMaximum).optional(),
  negativePrompt: z.string().optional(),
  personGeneration: z.string().optional(),
  storageUri: z.string().optional(),
  enhancePrompt: z.boolean().optional(),
  compressionQuality: z.enum(["optimized", "lossless"]).optional(),
  resizeMode: z.enum(["pad", "crop"]).optional(),
  pubsubTopic: z.string().optional(),
});

const requestSchema = z.strictObject({
  instances: z.tuple([instanceSchema]),
  parameters: parametersSchema.prefault({}),
  labels: z.record(z.string(), z.string()).optional(),
});

export type VertexMedia = z.infer<typeof mediaSchema>;
export type VertexInstance = z.infer<typeof instanceSchema>;
export type VertexParameters = z.infer<typeof parametersSchema>;

export type ReadVertexRequest =
  | { readonly ok: true; readonly instance: VertexInstance; readonly parameters: VertexParameters }
  | { readonly ok: false; readonly message: string };

/** @returns the request, or what is wrong with its shape */
export function readVertexRequest(body: unknown): ReadVertexRequest {
  const parsed = requestSchema.safeParse(body);
  if (!parsed.success) return { ok: false, message: shapeMessage(parsed.error) };
  const { instances: [instance], parameters } = parsed.data;
  return { ok: true, instance, parameters };
}

/** All pictures of an instance, whatever they are for. */
export function picturesOf({ image, lastFrame, referenceImages = [] }: VertexInstance): VertexMedia[] {
  return [image, lastFrame, ...referenceImages.map((reference) => reference.image)].filter((one) => one !== undefined);
}

function shapeMessage({ issues }: z.ZodError): string {
  const [issue] = issues;
  const path = issue?.path.join(".") ?? "";
  if (issue?.code === "unrecognized_keys") {
    return `Invalid JSON payload received. Unknown name "${issue.keys[0]}" at '${path}': Cannot find field.`;
  }
  return `Invalid value at '${path}'.`;
}
