/** What the model is asked to write: the parts of a prompt, which plain code puts together and checks. */
import { z } from "zod";
import type { MergedAnalysis } from "../analysis/schema.ts";
import type { UseCase } from "../use-case.ts";

export const videoPromptSchema = z.object({
  subject: z.string().describe("What is seen, with its product kind, materials and colours; one sentence"),
  action: z.string().describe("What happens in the given seconds; one sentence"),
  setting: z.string().describe("Where it is; one sentence"),
  light: z.string().describe("Light, colour and style; one sentence"),
  camera: z.string().describe("Shot size, lens and one camera move; one sentence"),
  pace: z.string().describe("The rhythm; of the reference video where there is one; one sentence"),
  sound: z.string().describe("Ambience, effects, music; complete sentences of their own"),
  references: z.array(z.string()).describe("For each reference picture, in order, what it shows; a phrase each"),
  keep: z.array(z.string()).describe(
    "What must stay as it is: label, cut, hallmark, proportions; a phrase each, at most 8",
  ),
  wishes: z.array(z.string()).describe(
    "Each wish of the customer's words, in English, none left out; words in quotation marks letter by letter",
  ),
});

export type VideoPromptDraft = z.infer<typeof videoPromptSchema>;

/** What a prompt is written from. */
export interface PromptOrder {
  readonly merged: MergedAnalysis;
  readonly useCase: UseCase;
  /** The user's own words, in any language; may be empty. */
  readonly additionalPrompt: string;
  readonly aspectRatio: string;
  /** Length of the clip, seconds. */
  readonly seconds: number;
  /** The model's limit for the prompt, its own tokens. */
  readonly tokensMaximum: number;
  /** Reference pictures that go with the prompt, 1 to 3. */
  readonly imageCount: number;
}
