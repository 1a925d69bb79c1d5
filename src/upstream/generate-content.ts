/** One call of Gemini's generateContent that is answered in a JSON schema. */
import { GoogleGenAI, type Part, type VideoMetadata } from "@google/genai";
import type { z } from "zod";
import { attachingFetch, reserveSlot, type Slot } from "./attached-json.ts";
import type { Attachment } from "./attachment.ts";
import type { Fetch } from "./fetch.ts";
import { readGoogleAnswer } from "./google-answer.ts";
import { googleContentType, type UploadedFile } from "./google-files.ts";
import { guardedFetch } from "./guarded-fetch.ts";
import { jsonSchemaOf } from "./json-schema.ts";
import type { Outcome } from "./outcome.ts";
import { thrownFault } from "./read-fault.ts";
import { givenAddress } from "./stored-address.ts";
import { parseStructured } from "./structured-answer.ts";

export interface GeminiOptions {
  readonly apiKey: string;
  /** Without a version; the key goes nowhere else. */
  readonly baseUrl: string;
  readonly model: string;
  readonly fetch: Fetch;
}

/** How a video is watched. */
export interface Viewing {
  readonly framesPerSecond: number;
  /** Up to where; without it, to its end. */
  readonly endSeconds?: number;
}

/** Words; a file inside the request; or an uploaded file that is active. */
export type GeminiPart =
  | { readonly text: string }
  | { readonly inline: Attachment; readonly viewing?: Viewing }
  | { readonly file: UploadedFile; readonly viewing?: Viewing };

export interface GenerateRequest<Answer> {
  readonly schema: z.ZodType<Answer>;
  readonly instructions: string;
  readonly parts: readonly GeminiPart[];
  /** For sending and answering together. */
  readonly timeoutMs: number;
  /** Without it, the model's own. */
  readonly outputTokensMaximum?: number;
}

/** Asks once: faults are outcomes, waiting and repeating are the caller's. */
export async function generateContent<Answer>(
  options: GeminiOptions,
  { schema, instructions, parts, timeoutMs, outputTokensMaximum }: GenerateRequest<Answer>,
): Promise<Outcome<Answer>> {
  const prepared = parts.map((part) => prepare(part, options.baseUrl));
  const slots = prepared.flatMap(({ slot }) => slot ?? []);
  let response: unknown;
  try {
    response = await openGemini(options, slots, timeoutMs).models.generateContent({
      model: options.model,
      contents: [{ role: "user", parts: prepared.map(({ part }) => part) }],
      config: {
        systemInstruction: instructions,
        responseMimeType: "application/json",
        responseJsonSchema: jsonSchemaOf(schema),
        ...(outputTokensMaximum !== undefined && { maxOutputTokens: outputTokensMaximum }),
      },
    });
  } catch (error) {
    return thrownFault(error);
  }
  const text = readGoogleAnswer(response);
  return text.ok ? parseStructured(text.value, schema) : text;
}

/**
 * Without `retryOptions` the SDK asks once; its own default version, v1, lacks `responseJsonSchema`. Its timeout holds
 * until the body is read, and the server is told of it.
 */
function openGemini({ apiKey, baseUrl, fetch }: GeminiOptions, slots: readonly Slot[], timeout: number): GoogleGenAI {
  return new GoogleGenAI({
    apiKey,
    httpOptions: {
      baseUrl,
      apiVersion: "v1beta",
      timeout,
      fetch: guardedFetch(attachingFetch(fetch, slots), baseUrl),
    },
  });
}

/** A part in Google's form, with the slot it is sent through when it goes inside. */
function prepare(part: GeminiPart, baseUrl: string): { part: Part; slot?: Slot } {
  if ("text" in part) return { part };
  const viewing = part.viewing && { videoMetadata: metadataOf(part.viewing) };
  if ("file" in part) {
    const { uri, mime_type } = part.file;
    return { part: { fileData: { fileUri: givenAddress(uri, baseUrl), mimeType: mime_type }, ...viewing } };
  }
  const slot = reserveSlot(part.inline);
  const mimeType = googleContentType(part.inline.contentType);
  return { part: { inlineData: { data: slot.placeholder, mimeType }, ...viewing }, slot };
}

function metadataOf({ framesPerSecond, endSeconds }: Viewing): VideoMetadata {
  return { fps: framesPerSecond, ...(endSeconds !== undefined && { endOffset: `${endSeconds}s` }) };
}
