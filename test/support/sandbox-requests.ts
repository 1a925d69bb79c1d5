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
