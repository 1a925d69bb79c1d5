/** One question to OpenAI's Responses API that is answered in a strict JSON schema. */
import OpenAI from "openai";
import type { ResponseInputContent } from "openai/resources/responses/responses";
import type { z } from "zod";
import { attachingFetch, type Slot } from "./attached-json.ts";
import type { Fetch } from "./fetch.ts";
import { guardedFetch } from "./guarded-fetch.ts";
import { jsonSchemaOf } from "./json-schema.ts";
import { readOpenaiAnswer } from "./openai-answer.ts";
import type { Outcome } from "./outcome.ts";
import { thrownFault } from "./read-fault.ts";
import { parseStructured } from "./structured-answer.ts";

export interface OpenaiOptions {
  readonly apiKey: string;
  /** Ends in `/v1`. */
  readonly baseUrl: string;
  readonly model: string;
  readonly fetch: Fetch;
}

export interface Question<Answer> {
  /** The schema's name, at most 64 characters. */
  readonly name: string;
  readonly schema: z.ZodType<Answer>;
  /** What the model is and does; of higher rank than anything in `content`. */
  readonly instructions: string;
  readonly content: ResponseInputContent[];
  /** The files whose places are in `content`. */
  readonly slots: readonly Slot[];
  readonly timeoutMs: number;
  /** For an answer that can be longer than most; see {@link usualOutputTokensMaximum}. */
  readonly outputTokensMaximum?: number;
}

/**
 * Room for an answer of about 1,500 tokens and for what a reasoning model thinks before it, which counts as output.
 * Only what is used is paid for; the bound keeps a model that runs on from running on.
 */
const usualOutputTokensMaximum = 12_000;

/**
 * Asks once. Repeating is the caller's, which knows the task and its deadline.
 *
 * `store: false`: the customer's pictures are not kept by OpenAI for later use.
 */
export async function askOpenai<Answer>(
  { apiKey, baseUrl, model, fetch }: OpenaiOptions,
  { name, schema, instructions, content, slots, timeoutMs, outputTokensMaximum }: Question<Answer>,
): Promise<Outcome<Answer>> {
  let answer: unknown;
  try {
    const client = new OpenAI({
      apiKey,
      baseURL: baseUrl,
      fetch: guardedFetch(attachingFetch(fetch, slots), baseUrl),
      maxRetries: 0,
      // What fails is in the outcome; the SDK's own log would hold upstream text.
      logLevel: "off",
    });
    const request = client.responses.create({
      model,
      instructions,
      input: [{ role: "user", content }],
      text: { format: { type: "json_schema", name, strict: true, schema: jsonSchemaOf(schema) } },
      max_output_tokens: outputTokensMaximum ?? usualOutputTokensMaximum,
      store: false,
    }, { signal: AbortSignal.timeout(timeoutMs) });
    // As it came: the SDK's own reading trips over an answer of another shape, and its timeout ends with the headers.
    const response = await request.asResponse();
    answer = await response.json();
  } catch (error) {
    return thrownFault(error);
  }
  const text = readOpenaiAnswer(answer);
  return text.ok ? parseStructured(text.value, schema) : text;
}
