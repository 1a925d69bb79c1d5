/** Writes the prompts for the video model: a model drafts a storyboard, plain code composes and checks it. */
import { confidential, unlessTold } from "../upstream/confidential.ts";
import type { Outcome } from "../upstream/outcome.ts";
import type { Ask } from "../upstream/question.ts";
import { cleanDraft, cleanOrder } from "./clean-draft.ts";
import { composeStoryboard } from "./compose.ts";
import { storyboardSchema } from "./draft.ts";
import { instructionsFor } from "./instructions.ts";
import { materialOf } from "./material.ts";
import type { PromptOrder } from "./order.ts";

export interface PromptWriter {
  /**
   * @returns one prompt a segment, in their order: each in English, within the model's limit, complete without the others;
   * the user's words are in them
   */
  write(order: PromptOrder): Promise<Outcome<readonly string[]>>;
}

/** A text of 300 words takes seconds, a reasoning model's thoughts up to half a minute; twice that is a hang. */
const promptTimeoutMs = 75_000;

/**
 * A further shot is some 150 tokens, 3 s of writing at 50 tokens a second; thinking it over takes about as long, and
 * again twice that is a hang. Nine segments get 2 min 35 s.
 */
const furtherShotTimeoutMs = 10_000;

/** Room for the shared parts and one shot, about 1,500 tokens, and for what a reasoning model thinks before it. */
const outputTokensMaximum = 12_000;
/** A further shot's 150 tokens, up to 300 with long wishes, and its share of the thinking. */
const furtherShotOutputTokens = 1_000;

/** @returns a writer that asks once a call: faults are outcomes, repeating is the caller's */
export function createPromptWriter(ask: Ask): PromptWriter {
  return {
    async write(uncleaned) {
      const order = cleanOrder(uncleaned);
      const told = confidential(instructionsFor(order));
      const material = materialOf(order);
      const furtherShots = order.segments.length - 1;
      const answer = await ask({
        name: "video_prompt",
        schema: storyboardSchema,
        instructions: told.instructions,
        content: [{ kind: "text", text: dataBlock(material) }],
        timeoutMs: promptTimeoutMs + furtherShots * furtherShotTimeoutMs,
        outputTokensMaximum: outputTokensMaximum + furtherShots * furtherShotOutputTokens,
      });
      const draft = unlessTold(answer, told, material);
      return draft.ok ? composeStoryboard(cleanDraft(draft.value, order), order) : draft;
    },
  };
}

/** The mark is random, so that no text in the data can close the block; JSON leaves none of its line ends as they are. */
function dataBlock(data: unknown): string {
  const mark = `DATA ${crypto.randomUUID()}`;
  return [mark, JSON.stringify(data, null, 2), mark].join("\n");
}
