/**
 * The two texts of strangers that become a prompt, bounded and cleaned: the customer's words, and what a model drafted,
 * which can repeat anything that it was shown. Pure.
 */
import { balanced, type Runs, runsOf, saysRun, withRunsQuoted } from "../analysis/lettering.ts";
import { oneLine, plain } from "../analysis/visible-text.ts";
import { tidied } from "./edited-prompt.ts";
import type { ShotDraft, StoryboardDraft } from "./draft.ts";
import type { PromptOrder } from "./order.ts";
import { untagged } from "./sentence.ts";

/** Characters of a part: asked for are 25 words, 160 letters; three times that is still one part of a prompt. */
export const partCharactersMaximum = 480;
/** Characters of a detail to keep, or of what a picture shows: a phrase. */
export const phraseCharactersMaximum = 200;
/** As many as a request's text may have: all of it can be one wish. */
export const wishCharactersMaximum = 2_000;
/** More than one sentence each in the longest text that anybody writes. */
export const wishesMaximum = 24;
/** Twice as many as asked for; the prompt takes the first eight. */
export const detailsMaximum = 16;

/**
 * The order with the customer's words as a reader sees them. They stay theirs, word by word and line by line; only the
 * brackets of tags become others, and a quotation mark that closes nothing.
 */
export function cleanOrder(order: PromptOrder): PromptOrder {
  return { ...order, additionalPrompt: balanced(untagged(tidied(order.additionalPrompt))) };
}

/**
 * The draft as parts of plain text, with lettering in quotation marks wherever it is repeated. A wish that is lettering
 * and not in the customer's words is nobody's wish.
 */
export function cleanDraft(draft: StoryboardDraft, { merged, additionalPrompt }: PromptOrder): StoryboardDraft {
  const { legible_text } = merged.shared;
  const lettering = runsOf(legible_text);
  const foreign = runsOf(legible_text, [additionalPrompt]);
  const part = (text: string) => cleanText(text, partCharactersMaximum, lettering);
  const phrases = (texts: readonly string[]) =>
    texts.slice(0, detailsMaximum).map((text) => cleanText(text, phraseCharactersMaximum, lettering));
  const wishes = (texts: readonly string[]) => cleanWishes(texts, foreign);
  const shot = ({ action, camera, pace, sound, ...rest }: ShotDraft): ShotDraft => ({
    ...{ action: part(action), camera: part(camera), pace: part(pace), sound: part(sound) },
    wishes: wishes(rest.wishes),
  });
  return {
    ...{ subject: part(draft.subject), setting: part(draft.setting), light: part(draft.light) },
    references: phrases(draft.references),
    keep: phrases(draft.keep),
    wishes: wishes(draft.wishes),
    shots: draft.shots.map(shot),
  };
}

function cleanText(text: string, charactersMaximum: number, lettering: Runs): string {
  return withRunsQuoted(balanced(plain(text, charactersMaximum)), lettering);
}

function cleanWishes(texts: readonly string[], foreign: Runs): string[] {
  return texts.slice(0, wishesMaximum)
    .map((text) => balanced(untagged(oneLine(text.slice(0, wishCharactersMaximum)))))
    .filter((text) => text && !saysRun(text, foreign));
}
