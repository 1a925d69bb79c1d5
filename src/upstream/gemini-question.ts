/** Questions to Gemini, with pictures too large for one request as well. */
import { endingFetch } from "./ending-fetch.ts";
import { type GeminiOptions, type GeminiPart, generateContent } from "./generate-content.ts";
import type { UploadedFile } from "./google-files.ts";
import { inlineBytesMaximum } from "./inline-limit.ts";
import { lendFile, removeLent, type Wait } from "./lent-files.ts";
import { failed, type Outcome, succeeded } from "./outcome.ts";
import { type Ask, type Question, type QuestionPart, usualOutputTokensMaximum } from "./question.ts";

export interface GeminiQuestionOptions extends GeminiOptions {
  /** Between two looks at a picture that Google still prepares. */
  readonly wait: Wait;
}

/**
 * Pictures go inside the request as long as they fit; the others are uploaded, and removed when the answer is there or
 * will not come. Their removal may take `removalTimeoutMs` beyond the question's own time.
 */
export function askGemini(options: GeminiQuestionOptions): Ask {
  return (question) => ask(options, question);
}

async function ask<Answer>(options: GeminiQuestionOptions, question: Question<Answer>): Promise<Outcome<Answer>> {
  const limited = { ...options, fetch: endingFetch(options.fetch, AbortSignal.timeout(question.timeoutMs)) };
  const lent: UploadedFile[] = [];
  try {
    const parts = await prepareParts(limited, question.content, lent);
    if (!parts.ok) return parts;
    return await generateContent(limited, {
      schema: question.schema,
      instructions: question.instructions,
      parts: parts.value,
      timeoutMs: question.timeoutMs,
      outputTokensMaximum: question.outputTokensMaximum ?? usualOutputTokensMaximum,
    });
  } finally {
    // Not by the limited `fetch`: the question's time may be over.
    await removeLent(options, lent);
  }
}

/** @param lent takes each file that was uploaded, also when one after it fails */
async function prepareParts(
  options: GeminiQuestionOptions,
  content: readonly QuestionPart[],
  lent: UploadedFile[],
): Promise<Outcome<GeminiPart[]>> {
  const parts: GeminiPart[] = [];
  let room = inlineBytesMaximum;
  for (const part of inGeminiOrder(content)) {
    if (part.kind === "text") parts.push({ text: part.text });
    else if (part.attachment.bytes <= room) {
      room -= part.attachment.bytes;
      parts.push({ inline: part.attachment });
    } else {
      const file = await lendFile(options, options.wait, part.attachment, (uploaded) => lent.push(uploaded));
      // Where files are kept, "not found" speaks of no model.
      if (!file.ok) return file.fault.kind === "not_found" ? failed("unavailable", file.fault.note) : file;
      parts.push({ file: file.value });
    }
  }
  return succeeded(parts);
}

/** A single picture stands before the words, as Google advises; several stand where the words about them are. */
function inGeminiOrder(content: readonly QuestionPart[]): readonly QuestionPart[] {
  const pictures = content.filter(({ kind }) => kind === "image");
  return pictures.length === 1 ? [...pictures, ...content.filter(({ kind }) => kind !== "image")] : content;
}
