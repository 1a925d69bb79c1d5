/**
 * Puts the model's draft, the house rules and the user's wishes together into the prompt for Veo 3.1, in the order that
 * Google advises: camera and lens, subject, action, setting, light and style; then pace, what each reference picture
 * is, what must stay, sound. Pure, so that what must be in a prompt does not depend on a model's mood.
 */
import { sameness } from "../analysis/support.ts";
import { failed, type Outcome, succeeded } from "../upstream/outcome.ts";
import { estimateTokens, fitted, promptTokensBudget, type Sentence } from "./budget.ts";
import type { PromptOrder, VideoPromptDraft } from "./draft.ts";
import { houseRules } from "./house-rules.ts";
import { inQuotes, isLatin } from "./language.ts";
import { type Direction, directionsOf, translatedWishes, wishesFor } from "./wishes.ts";

/** Lettering is kept letter by letter as far as this; a list of ingredients would leave no room for the film. */
const letteringTokensMaximum = 150;

/** As many details as the model is asked for at most. */
const detailsMaximum = 8;

/**
 * @returns the prompt: English outside quotation marks, within {@link promptTokensBudget}, with the user's wishes in
 * it; or the fault `off_schema` when the draft does not allow that
 */
export function composePrompt(draft: VideoPromptDraft, order: PromptOrder): Outcome<string> {
  if (!isEnglishDraft(draft)) return failed("off_schema", "the draft is not in English");
  if (!draft.subject.trim()) return failed("off_schema", "the draft has no subject");
  const wishes = wishesFor(order.additionalPrompt, draft);
  if (!wishes) return failed("off_schema", "the draft lost the user's wishes");
  const prompt = fitted(sentencesOf(draft, order, wishes), promptTokensBudget(order.tokensMaximum)) ??
    condensed(draft, order);
  return prompt ? succeeded(prompt) : failed("off_schema", "the draft is too long");
}

/** Wishes of two thousand letters can be too long as they are; then the model's wording of them has to do. */
function condensed(draft: VideoPromptDraft, order: PromptOrder): string | null {
  const wishes = translatedWishes(order.additionalPrompt, draft);
  return wishes && fitted(sentencesOf(draft, order, wishes), promptTokensBudget(order.tokensMaximum));
}

function isEnglishDraft({ references, keep, wishes, ...parts }: VideoPromptDraft): boolean {
  return [...Object.values(parts), ...references, ...keep, ...wishes].every(isLatin);
}

function sentencesOf(draft: VideoPromptDraft, order: PromptOrder, wishes: readonly string[]): Sentence[] {
  const rules = houseRules[order.useCase];
  const wished = directionsOf(wishes);
  const { motion } = order.merged;
  const house = (direction: Direction, dispensable: number, label = ""): Sentence[] =>
    wished.has(direction) ? [] : said(label ? labelled(label, rules[direction]) : rules[direction], dispensable);
  /** The model's own words; where it only repeated the house rule, once is enough. */
  const own = (direction: Direction, dispensable: number, label = ""): Sentence[] => {
    const text = draft[direction];
    if (sameness(text).replace(/\.$/, "") === sameness(rules[direction])) return [];
    return said(label ? labelled(label, text) : text, dispensable);
  };
  const film =
    `${rules.intent}: one continuous ${order.seconds}-second shot framed for ${order.aspectRatio}, on ${rules.lens}`;
  return [
    ...said(film, 0),
    ...own("camera", 3),
    // The reference video leads the camera; a house move beside it would be a second one.
    ...(motion ? [] : house("camera", 4)),
    ...said(draft.subject, 0),
    ...(wishes.length > 0 ? said(`Above all, as asked: ${wishes.join("; ")}`, 0) : []),
    ...said(draft.action.trim() || rules.action, 1),
    ...own("setting", 7),
    ...house("setting", 6),
    ...own("light", 7),
    ...house("light", 2),
    ...own("pace", 8),
    ...(motion ? said(motionSentence(motion), 4) : house("pace", 5)),
    ...referenceSentences(draft, order),
    ...keepSentences(draft, order),
    ...said(letteringSentence(order.merged.shared.legible_text), 0),
    ...own("sound", 8, "Sound"),
    ...house("sound", 3, "Ambience"),
    ...said(`Avoid: ${rules.avoid.join(", ")}`, 5),
  ];
}

/** One sentence with its capital and its full stop, or none for a blank text. */
function said(text: string, dispensable: number): Sentence[] {
  const trimmed = text.trim().replace(/^[a-z]/, (letter) => letter.toUpperCase());
  if (!trimmed) return [];
  return [{ text: /[.!?…]["”»]?$/.test(trimmed) ? trimmed : `${trimmed}.`, dispensable }];
}

function listed(label: string, items: readonly string[]): string {
  const phrases = items.map((item) => item.trim().replace(/\.$/, "")).filter((item) => item);
  return phrases.length > 0 ? `${label}: ${phrases.join("; ")}` : "";
}

function labelled(label: string, text: string): string {
  return text.trim() && !sameness(text).startsWith(sameness(label)) ? `${label}: ${text.trim()}` : text;
}

function motionSentence(motion: NonNullable<PromptOrder["merged"]["motion"]>): string {
  const moves = motion.camera_moves.map((move) => move.trim()).filter((move) => move && isLatin(move));
  return `Camera and rhythm follow the reference video: ${[`${motion.pace} pace`, ...moves].join(", ")}`;
}

/** One sentence a picture, whatever number the model wrote. */
function referenceSentences(draft: VideoPromptDraft, { merged, imageCount }: PromptOrder): Sentence[] {
  return Array.from({ length: imageCount }, (_, index) => {
    const role = merged.additions[index]?.role ?? "";
    const written = draft.references[index]?.trim() || (isLatin(role) ? role.trim() : "") || merged.product_kind;
    const shows = written.replace(/^(the )?reference (picture|image) \d+\s*(:|is|shows)?\s*/i, "");
    return said(`Reference picture ${index + 1}: ${shows || "the subject"}`, 2);
  }).flat();
}

/** What must stay: as the model put it, then what the analysis found and the model did not name. */
function keepSentences({ keep }: VideoPromptDraft, { merged }: PromptOrder): Sentence[] {
  const named = sameness(keep.join("; "));
  const found = merged.must_not_change.filter((detail) => isLatin(detail) && !named.includes(sameness(detail)));
  const label = "Keep exactly as in the reference pictures";
  if (!named) return said(listed(label, found.slice(0, detailsMaximum)), 0);
  return [...said(listed(label, keep), 0), ...said(listed("Also unchanged", found), 9)];
}

function letteringSentence(texts: readonly string[]): string {
  let tokens = 0;
  const quoted = texts.map((text) => inQuotes(text.trim().replace(/\s+/g, " "))).filter((text) => {
    tokens += estimateTokens(text);
    return tokens <= letteringTokensMaximum;
  });
  if (quoted.length === 0) return "";
  const rest = quoted.length < texts.length ? ", and all other lettering as in the reference pictures" : "";
  return `The lettering stays exactly as written: ${quoted.join(", ")}${rest}`;
}
