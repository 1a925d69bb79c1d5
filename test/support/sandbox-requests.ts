/** Requests as the stand-in's clients make them; each builder takes what should be different. */
import { z } from "zod";
import { imageAnalysisSchema, videoAnalysisSchema } from "../../src/analysis/schema.ts";
import { jpeg } from "./pictures.ts";

export const highModel = "veo-3.1-generate-preview";
export const liteModel = "veo-3.1-lite-generate-preview";

const picture = jpeg({ width: 1920, height: 1080 });

export function reference(bytes: Uint8Array = picture, mimeType = "image/jpeg") {
  return { image: { bytesBase64Encoded: bytes.toBase64(), mimeType }, referenceType: "asset" };
}

/** A clip with one reference, the smallest request that Veo takes. */
export function clipRequest(instance: object = {}, parameters: object = {}) {
  return {
    instances: [{ prompt: "A ring turns in soft light.", referenceImages: [reference()], ...instance }],
    parameters: { aspectRatio: "16:9", resolution: "720p", durationSeconds: 8, ...parameters },
  };
}

export function submitPath(model = highModel): string {
  return `/gemini/v1beta/models/${model}:predictLongRunning`;
}

export const vertexModel = "veo-3.1-fast-generate-001";
export const vertexLiteModel = "veo-3.1-lite-generate-001";

/** An access token that is good for as long as any test takes. */
export const bearer = { authorization: "Bearer sandbox-token.9999999999999" };

export function vertexPath(method: string, model = vertexModel, location = "us-central1"): string {
  return `/vertex/v1/projects/sandbox/locations/${location}/publishers/google/models/${model}:${method}`;
}

/** A clip with one reference, put into Cloud Storage. */
export function vertexRequest(instance: object = {}, parameters: object = {}) {
  return clipRequest(instance, { storageUri: "gs://sandbox/veo", ...parameters });
}

export const omniModel = "gemini-omni-1.1-flash";
export const longOmniModel = "gemini-omni-1.2-flash";
export const interactionsPath = "/gemini/v1beta/interactions";

export function imagePart(bytes: Uint8Array = picture, mimeType = "image/jpeg") {
  return { type: "image", mime_type: mimeType, data: bytes.toBase64() };
}

export function videoPart(bytes: Uint8Array, mimeType = "video/mp4") {
  return { type: "video", mime_type: mimeType, data: bytes.toBase64() };
}

/** A clip of 8 s with one reference picture, made in the background and given by its address. */
export function omniRequest(parts: object = {}, format: object = {}, task: string | undefined = "reference_to_video") {
  return {
    model: omniModel,
    input: [{ type: "text", text: "A ring turns in soft light." }, imagePart()],
    response_format: {
      ...{ type: "video", aspect_ratio: "16:9", resolution: "720p", duration: "8s", delivery: "uri" },
      ...format,
    },
    generation_config: { video_config: { task } },
    background: true,
    store: true,
    ...parts,
  };
}

export function jsonFormat(name: string, schema: z.ZodType, strict = true) {
  return { format: { type: "json_schema", name, strict, schema: z.toJSONSchema(schema) } };
}

export function dataUrl(bytes: Uint8Array = picture, contentType = "image/jpeg"): string {
  return `data:${contentType};base64,${bytes.toBase64()}`;
}

export function imageQuestion(parts: object = {}, imageUrl: string = dataUrl()) {
  return {
    model: "gpt-6.1-terra",
    store: false,
    input: [{
      role: "user",
      content: [
        { type: "input_text", text: "Describe the picture." },
        { type: "input_image", image_url: imageUrl, detail: "high" },
      ],
    }],
    text: jsonFormat("image_analysis", imageAnalysisSchema),
    ...parts,
  };
}

export const analysePath = "/gemini/v1beta/models/gemini-3.8-flash:generateContent";

export function videoQuestion(part: object, config: object = {}) {
  return {
    contents: [{ role: "user", parts: [part, { text: "Describe how it is filmed." }] }],
    generationConfig: {
      responseMimeType: "application/json",
      responseJsonSchema: z.toJSONSchema(videoAnalysisSchema),
      ...config,
    },
  };
}

/** The question about a picture, as {@link imageQuestion} asks it of OpenAI. */
export function geminiImageQuestion(part: object, config: object = {}) {
  return videoQuestion(part, { responseJsonSchema: z.toJSONSchema(imageAnalysisSchema), ...config });
}

const responseSchema = z.object({
  status: z.string(),
  incomplete_details: z.object({ reason: z.string() }).nullable(),
  output: z.array(z.object({
    content: z.array(z.object({ type: z.string(), text: z.string().optional(), refusal: z.string().optional() })),
  })),
});

/** @returns the envelope of the Responses API and the text in it */
export async function readResponse(response: Response) {
  const body = responseSchema.parse(await response.json());
  return { ...body, part: body.output[0]?.content[0], text: body.output[0]?.content[0]?.text ?? "" };
}

const generatedSchema = z.object({
  candidates: z.array(z.object({
    content: z.object({ parts: z.array(z.object({ text: z.string() })) }).optional(),
    finishReason: z.string(),
  })).optional(),
  promptFeedback: z.object({ blockReason: z.string() }).optional(),
});

/** @returns the envelope of generateContent and the text in it */
export async function readGenerated(response: Response) {
  const body = generatedSchema.parse(await response.json());
  return { ...body, text: body.candidates?.[0]?.content?.parts[0]?.text ?? "" };
}

const errorSchema = z.object({
  error: z.object({
    message: z.string(),
    status: z.string().optional(),
    code: z.unknown(),
    param: z.string().nullish(),
    details: z.array(z.looseObject({})).optional(),
  }),
});

/** The error of either upstream. */
export async function readError(response: Response) {
  return { http: response.status, ...errorSchema.parse(await response.json()).error };
}
