/**
 * What the model is asked to write: what all shots share, and each shot's own part. Plain code puts the prompts
 * together and checks them.
 */
import { z } from "zod";
import { sameness } from "../analysis/support.ts";
import { textsIn } from "../upstream/confidential.ts";
import { isLatin } from "./language.ts";

export const shotDraftSchema = z.object({
  action: z.string().describe("What happens in this shot; one sentence"),
  camera: z.string().describe("Shot size, viewpoint and one camera move; one sentence"),
  pace: z.string().describe("The rhythm; of the reference video where there is one; one sentence"),
  sound: z.string().describe("Ambience, effects, music; complete sentences of their own"),
  wishes: z.array(z.string()).describe("The customer's wishes that only this shot fulfils, in English; may be empty"),
});

export const storyboardSchema = z.object({
  subject: z.string().describe("What is seen, with its product kind, materials and colours; one sentence"),
  setting: z.string().describe("Where it is, the same in every shot; one sentence"),
  light: z.string().describe("Light, colour and style, the same in every shot; one sentence"),
  references: z.array(z.string()).describe("For each reference picture, in order, what it shows; a phrase each"),
  keep: z.array(z.string()).describe(
    "What must stay as it is: label, cut, hallmark, proportions; a phrase each, at most 8",
  ),
  wishes: z.array(z.string()).describe(
    "The customer's wishes that hold for the whole film, in English; words in quotation marks letter by letter",
  ),
  shots: z.array(shotDraftSchema).describe("Exactly one for each of the data's shots, in their order"),
});

export type ShotDraft = z.infer<typeof shotDraftSchema>;
export type StoryboardDraft = z.infer<typeof storyboardSchema>;

/**
 * @param shotCount how many shots were asked for
 * @returns why the draft cannot be used, or null
 */
export function draftProblem(draft: StoryboardDraft, shotCount: number): string | null {
  if (draft.shots.length !== shotCount) return "the draft has another number of shots";
  if (!textsIn(draft).every(isLatin)) return "the draft is not in English";
  if (!draft.subject.trim()) return "the draft has no subject";
  const filmed = new Set(draft.shots.map(({ action, camera }) => sameness(`${camera}|${action}`)));
  return filmed.size < shotCount ? "the draft has the same shot twice" : null;
}
