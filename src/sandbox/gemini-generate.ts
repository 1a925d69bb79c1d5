/** `generateContent` of the Gemini API, played for one video and a JSON answer. */
import { z } from "zod";
import { accept, answerCall, refuse, type Worked } from "./answer-call.ts";
import type { FaultName } from "./calls.ts";
import { readElidedJson } from "./elide-long-strings.ts";
import { isActive } from "./gemini-files.ts";
import { googleError } from "./google-errors.ts";
import { invent } from "./invent.ts";
import { type JsonSchema, jsonSchemaSchema } from "./json-schema.ts";
import { anyTextSchema } from "./long-text.ts";
import { decodeSample, hashOf, type SampledBytes } from "./sampled-bytes.ts";
import type { Sandbox } from "./sandbox.ts";
import { speakFromText } from "./speak-from-text.ts";
import { speakOfVideo } from "./speak-of-video.ts";
import { readVideo } from "./video.ts";

/** The documented limit of a request with the video inside; a newer page says 100 MB. */
const requestBytesMaximum = 20 * 1024 * 1024;
const charactersPerToken = 4;
/** One frame a second and its sound. */
const tokensPerVideoSecond = 290;

const partSchema = z.looseObject({
  text: anyTextSchema.optional(),
  inlineData: z.object({ mimeType: z.string(), data: anyTextSchema }).optional(),
  fileData: z.object({ mimeType: z.string().optional(), fileUri: z.string() }).optional(),
});

const requestSchema = z.looseObject({
  contents: z.array(z.looseObject({ role: z.enum(["user", "model"]).optional(), parts: z.array(partSchema).min(1) }))
    .min(1),
  generationConfig: z.looseObject({
    responseMimeType: z.string().optional(),
    responseJsonSchema: jsonSchemaSchema.optional(),
    responseSchema: z.unknown().optional(),
    maxOutputTokens: z.number().optional(),
  }).prefault({}),
});

type GenerateRequest = z.infer<typeof requestSchema>;
type Part = z.infer<typeof partSchema>;

/** `POST /models/{model}:generateContent`, for a model that is known. */
export async function generateContent(sandbox: Sandbox, request: Request, model: string): Promise<Response> {
  const declared = request.headers.get("content-length");
  const json = await readElidedJson(request.body, declared === null ? null : Number(declared));
  const parsed = requestSchema.safeParse(json.ok ? inCamelCase(json.value) : undefined);
  const detail = { body_bytes: json.bytes };
  return await answerCall(sandbox, { wire: "google", name: "video_analysis", model, detail }, async (fault) => {
    if (json.bytes > requestBytesMaximum) {
      return invalid(`Request payload size exceeds the limit: ${requestBytesMaximum} bytes.`);
    }
    if (!parsed.success) return invalid(`Invalid value at '${parsed.error.issues[0]?.path.join(".") ?? ""}'.`);
    const { responseMimeType, responseJsonSchema, responseSchema } = parsed.data.generationConfig;
    if (responseJsonSchema && responseSchema !== undefined) {
      return invalid("Only one of `responseSchema` and `responseJsonSchema` can be set.");
    }
    if (responseJsonSchema && responseMimeType !== "application/json") {
      return invalid("A response schema is only supported with the response mime type application/json.");
    }
    const video = findVideo(sandbox, parsed.data);
    if (video && "refusal" in video) return refuse(video.refusal);
    await sandbox.wait(sandbox.settings.latencies.video_analysis_ms);
    return answer(model, parsed.data, video?.sample, responseJsonSchema, fault);
  });
}

function invalid(message: string): Worked {
  return refuse(googleError("INVALID_ARGUMENT", message));
}

/** The video of the request: inside it or uploaded before; undefined when there is none. */
function findVideo(
  sandbox: Sandbox,
  request: GenerateRequest,
): { sample: SampledBytes } | { refusal: Response } | undefined {
  const parts = request.contents.flatMap(({ parts }) => parts);
  const part = parts.find(({ inlineData, fileData }) => inlineData ?? fileData);
  if (part?.fileData) return findUpload(sandbox, part.fileData.fileUri);
  return part?.inlineData && checkVideo(decodeSample(part.inlineData.data), part.inlineData.mimeType);
}

function findUpload(sandbox: Sandbox, uri: string): { sample: SampledBytes } | { refusal: Response } {
  const id = /\/files\/([\w-]+)$/.exec(uri)?.[1] ?? "";
  const file = sandbox.files.find(id, sandbox.now());
  if (!file) {
    const message = `You do not have permission to access the File ${id} or it may not exist.`;
    return { refusal: googleError("PERMISSION_DENIED", message) };
  }
  if (!isActive(file, sandbox.now())) {
    return {
      refusal: googleError("FAILED_PRECONDITION", `The File ${id} is not in an ACTIVE state and usage is not allowed.`),
    };
  }
  return checkVideo({ ...file, length: file.received }, file.content_type);
}

function checkVideo(sample: SampledBytes | null, mimeType: string): { sample: SampledBytes } | { refusal: Response } {
  if (!mimeType.startsWith("video/")) {
    return { refusal: googleError("INVALID_ARGUMENT", `Unsupported MIME type: ${mimeType}`) };
  }
  if (sample && readVideo(sample)) return { sample };
  return { refusal: googleError("INVALID_ARGUMENT", "Unable to process input video. Please retry or check the file.") };
}

function answer(
  model: string,
  request: GenerateRequest,
  sample: SampledBytes | undefined,
  schema: JsonSchema | undefined,
  fault: FaultName | undefined,
): Worked {
  const video = sample && readVideo(sample);
  const prompt = request.contents.flatMap(({ parts }) => parts.map(({ text }: Part) => text?.head ?? "")).join("\n");
  const speak = sample && video ? speakOfVideo(video, hashOf(sample)) : speakFromText(prompt);
  const whole = fault === "off_schema"
    ? JSON.stringify({ sandbox: "off the schema" })
    : schema
    ? JSON.stringify(invent(schema, speak))
    : "This is the sandbox: it answers in the shape of a schema, when one is given.";
  const input = Math.ceil(prompt.length / charactersPerToken) + Math.ceil((video?.seconds ?? 0) * tokensPerVideoSecond);
  const output = Math.ceil(whole.length / charactersPerToken);
  const envelope = {
    usageMetadata: { promptTokenCount: input, candidatesTokenCount: output, totalTokenCount: input + output },
    modelVersion: model,
    responseId: crypto.randomUUID().replaceAll("-", "").slice(0, 22),
  };
  if (fault === "refusal") {
    return accept(Response.json({ promptFeedback: { blockReason: "PROHIBITED_CONTENT" }, ...envelope }));
  }
  return accept(Response.json({ candidates: [candidate(whole, fault)], ...envelope }));
}

function candidate(whole: string, fault: FaultName | undefined) {
  if (fault === "refused_answer") return { finishReason: "SAFETY", index: 0 };
  const text = fault === "cut_off" ? whole.slice(0, Math.floor(whole.length / 2)) : whole;
  return {
    content: { parts: [{ text }], role: "model" },
    finishReason: fault === "cut_off" ? "MAX_TOKENS" : "STOP",
    index: 0,
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
