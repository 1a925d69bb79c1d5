/** A question that is answered in a JSON schema, whichever model answers it. */
import type { z } from "zod";
import type { Attachment } from "./attachment.ts";
import type { Outcome } from "./outcome.ts";

export type QuestionPart =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "image"; readonly attachment: Attachment };

export interface Question<Answer> {
  /** The schema's name, at most 64 characters. */
  readonly name: string;
  readonly schema: z.ZodType<Answer>;
  /** What the model is and does; of higher rank than anything in `content`. */
  readonly instructions: string;
  readonly content: readonly QuestionPart[];
  /** For sending and answering together, uploads included. */
  readonly timeoutMs: number;
  /** For an answer that can be longer than most; see {@link usualOutputTokensMaximum}. */
  readonly outputTokensMaximum?: number;
}

/**
 * Asks once. Faults are outcomes; repeating is the caller's, which knows the task and its deadline.
 */
export type Ask = <Answer>(question: Question<Answer>) => Promise<Outcome<Answer>>;

/**
 * Room for an answer of about 1,500 tokens and for what a reasoning model thinks before it, which counts as output with
 * OpenAI and with Google. Only what is used is paid for; the bound keeps a model that runs on from running on.
 */
export const usualOutputTokensMaximum = 12_000;
