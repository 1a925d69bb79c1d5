/**
 * What all prompts of a storyboard say word by word the same, so that subject, setting and light agree from shot to
 * shot although each shot is made alone. Pure.
 */
import { sameness } from "../analysis/support.ts";
import { oneLine } from "../analysis/visible-text.ts";
import { estimateTokens, type Sentence } from "./budget.ts";
import type { StoryboardDraft } from "./draft.ts";
import { houseRules } from "./house-rules.ts";
import { inQuotes } from "../analysis/lettering.ts";
import { isLatin } from "./language.ts";
import { modelNotes } from "./model-notes.ts";
import type { PromptOrder } from "./order.ts";
import { labelled, listed, repeats, said, untagged } from "./sentence.ts";
import type { Direction } from "./wishes.ts";

/** Lettering is kept letter by letter as far as this; a list of ingredients would leave no room for the film. */
const letteringTokensMaximum = 150;

/** As many details as the model is asked for at most. */
const detailsMaximum = 8;

/** The square is the middle 9/16 of a frame of 9:16; what is above and below, 7/32 each, is cut off. */
export function squareSentence({ framing }: PromptOrder): Sentence[] {
  if (framing !== "1:1") return [];
  const composition =
    "Composed for a square: everything that matters stays within the middle square of the tall frame, " +
    "with nothing but background in the upper and lower quarter";
  return said(composition, 0);
}

/** The model's setting and light with the house's, as far as the wishes do not speak about them. */
export function placeSentences(
  draft: StoryboardDraft,
  { useCase }: PromptOrder,
  wished: ReadonlySet<Direction>,
): Sentence[] {
  const rules = houseRules[useCase];
  const own = (direction: "setting" | "light") =>
    repeats(draft[direction], rules[direction]) ? [] : said(draft[direction], 7);
  const house = (direction: "setting" | "light", dispensable: number) =>
    wished.has(direction) ? [] : said(rules[direction], dispensable);
  return [...own("setting"), ...house("setting", 6), ...own("light"), ...house("light", 2)];
}

/** What must not change. An extension gets no pictures, so it is told the same without speaking of them. */
export function keptSentences(draft: StoryboardDraft, order: PromptOrder, kind: "generate" | "extend"): Sentence[] {
  const { legible_text } = order.merged.shared;
  if (kind === "extend") {
    return [...keepSentences(draft, order, "Keep exactly as it is"), ...said(letteringSentence(legible_text, ""), 0)];
  }
  return [
    ...referenceSentences(draft, order),
    ...keepSentences(draft, order, "Keep exactly as in the reference pictures"),
    ...said(letteringSentence(legible_text, ", and all other lettering as in the reference pictures"), 0),
  ];
}

/** One sentence a picture, whatever number the model wrote. */
function referenceSentences(draft: StoryboardDraft, { merged, imageCount, style }: PromptOrder): Sentence[] {
  return Array.from({ length: imageCount }, (_, index) => {
    const role = merged.additions[index]?.role ?? "";
    const written = draft.references[index]?.trim() || (isLatin(role) ? role.trim() : "") || merged.product_kind;
    const shows = written.replace(/^(the )?reference (picture|image) \d+\s*(:|is|shows)?\s*/i, "");
    return said(`${modelNotes[style].picture(index + 1)}: ${shows || "the subject"}`, 2);
  }).flat();
}

/** What must stay: as the model put it, then what the analysis found and the model did not name. */
function keepSentences({ keep }: StoryboardDraft, { merged }: PromptOrder, label: string): Sentence[] {
  const named = sameness(keep.slice(0, detailsMaximum).join("; "));
  const found = merged.must_not_change.filter((detail) => isLatin(detail) && !named.includes(sameness(detail)));
  if (!named) return said(listed(label, found.slice(0, detailsMaximum)), 0);
  return [...said(listed(label, keep.slice(0, detailsMaximum)), 0), ...said(listed("Also unchanged", found), 9)];
}

function letteringSentence(texts: readonly string[], rest: string): string {
  let room = letteringTokensMaximum;
  // One that is too long makes no room for itself at the cost of those after it.
  const quoted = texts.map((text) => inQuotes(untagged(oneLine(text)))).filter((text) => {
    const tokens = estimateTokens(text);
    if (tokens > room) return false;
    room -= tokens;
    return true;
  });
  if (quoted.length === 0) return "";
  return `The lettering stays exactly as written: ${quoted.join(", ")}${quoted.length < texts.length ? rest : ""}`;
}

/** The sound of the place: with its music in one shot, without in several, where it would break at each cut. */
export function ambienceSentence({ useCase, segments }: PromptOrder, wished: ReadonlySet<Direction>): Sentence[] {
  const { sound, ambience } = houseRules[useCase];
  return wished.has("sound") ? [] : said(labelled("Ambience", segments.length === 1 ? sound : ambience), 3);
}

export function avoidSentence({ useCase, style }: PromptOrder): Sentence[] {
  return said(modelNotes[style].avoid(houseRules[useCase].avoid), 5);
}
