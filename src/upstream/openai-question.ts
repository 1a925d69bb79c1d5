/** Questions to OpenAI's Responses API. */
import OpenAI from "openai";
import type { ResponseInputContent } from "openai/resources/responses/responses";
import { attachingFetch, dataUrlOf, reserveSlot, type Slot } from "./attached-json.ts";
import type { Fetch } from "./fetch.ts";
import { guardedFetch } from "./guarded-fetch.ts";
import { jsonSchemaOf } from "./json-schema.ts";
import { readOpenaiAnswer } from "./openai-answer.ts";
import type { Outcome } from "./outcome.ts";
import { type Ask, type Question, type QuestionPart, usualOutputTokensMaximum } from "./question.ts";
import { thrownFault } from "./read-fault.ts";
import { parseStructured } from "./structured-answer.ts";

export interface OpenaiOptions {
  readonly apiKey: string;
  /** Ends in `/v1`; the key goes nowhere else. */
  readonly baseUrl: string;
  readonly model: string;
  readonly fetch: Fetch;
}

export function askOpenai(options: OpenaiOptions): Ask {
  return (question) => ask(options, question);
}

/** `store: false`: the customer's pictures are not kept by OpenAI for later use. */
async function ask<Answer>(options: OpenaiOptions, question: Question<Answer>): Promise<Outcome<Answer>> {
  const { content, slots } = prepared(question.content);
  let answer: unknown;
  try {
    const request = openClient(options, slots).responses.create({
      model: options.model,
      instructions: question.instructions,
      input: [{ role: "user", content }],
      text: {
        format: { type: "json_schema", name: question.name, strict: true, schema: jsonSchemaOf(question.schema) },
      },
      max_output_tokens: question.outputTokensMaximum ?? usualOutputTokensMaximum,
      store: false,
    }, { signal: AbortSignal.timeout(question.timeoutMs) });
    // As it came: the SDK's own reading trips over an answer of another shape, and its timeout ends with the headers.
    const response = await request.asResponse();
    answer = await response.json();
  } catch (error) {
    return thrownFault(error);
  }
  const text = readOpenaiAnswer(answer);
  return text.ok ? parseStructured(text.value, question.schema) : text;
}

function openClient({ apiKey, baseUrl, fetch }: OpenaiOptions, slots: readonly Slot[]): OpenAI {
  return new OpenAI({
    apiKey,
    baseURL: baseUrl,
    fetch: guardedFetch(attachingFetch(fetch, slots), baseUrl),
    maxRetries: 0,
    // What fails is in the outcome; the SDK's own log would hold upstream text.
    logLevel: "off",
  });
}

/** The parts in OpenAI's form, with the slots that the pictures are sent through. */
function prepared(parts: readonly QuestionPart[]): { content: ResponseInputContent[]; slots: Slot[] } {
  const slots: Slot[] = [];
  const content = parts.map((part): ResponseInputContent => {
    if (part.kind === "text") return { type: "input_text", text: part.text };
    const slot = reserveSlot(part.attachment);
    slots.push(slot);
    // What `auto` means differs from model to model, and so does its cost; small lettering needs `high`.
    return { type: "input_image", image_url: dataUrlOf(slot), detail: "high" };
  });
  return { content, slots };
}
