/** What came back from Gemini's generateContent with status 200: text, a block, a cut. */
import { z } from "zod";
import { failed, type Outcome, succeeded } from "./outcome.ts";

const candidateSchema = z.looseObject({
  finishReason: z.string().nullish(),
  content: z.looseObject({
    parts: z.array(z.looseObject({ text: z.string().optional(), thought: z.boolean().optional() })).catch([]),
  }).nullish(),
});

const responseSchema = z.looseObject({
  promptFeedback: z.looseObject({ blockReason: z.string().nullish() }).nullish(),
  candidates: z.array(candidateSchema).nullish(),
});

/** Reasons to stop that are a policy's, or that Google explains no further. */
const refusals: ReadonlySet<string> = new Set([
  "SAFETY",
  "RECITATION",
  "LANGUAGE",
  "BLOCKLIST",
  "PROHIBITED_CONTENT",
  "SPII",
  "IMAGE_SAFETY",
  "OTHER",
]);

/** Reads the answer's text, without what the model thought aloud. */
export function readGoogleAnswer(response: unknown): Outcome<string> {
  const parsed = responseSchema.safeParse(response);
  if (!parsed.success) return failed("malformed", "the answer is not one of generateContent");
  const { promptFeedback, candidates } = parsed.data;
  if (promptFeedback?.blockReason) return failed("refused", "the request was blocked");
  const candidate = candidates?.[0];
  if (!candidate) return failed("malformed", "the answer has no candidate");
  const reason = candidate.finishReason ?? "STOP";
  if (refusals.has(reason)) return failed("refused", "the answer was blocked");
  if (reason === "MAX_TOKENS") return failed("cut_off", "the answer is incomplete");
  const parts = candidate.content?.parts ?? [];
  const text = parts.flatMap((part) => part.text && !part.thought ? [part.text] : []).join("");
  return text ? succeeded(text) : failed("off_schema", "the answer holds no text");
}
