/**
 * Puts the model's draft, the house rules and the user's wishes together into one prompt a clip, in the
 * order that Google advises: camera and lens, subject, action, setting, light and style; then pace, what each reference
 * picture is, what must stay, sound. Pure, so that what must be in a prompt does not depend on a model's mood.
 *
 * Each prompt stands by itself: the model makes each clip alone and knows nothing of the others.
 */
import { failed, type Outcome, succeeded } from "../upstream/outcome.ts";
import { fitted, promptTokensBudget, type Sentence } from "./budget.ts";
import { draftProblem, type StoryboardDraft } from "./draft.ts";
import type { PromptOrder } from "./order.ts";
import { said } from "./sentence.ts";
import type { PlacedWishes } from "./sequence.ts";
import { ambienceSentence, avoidSentence, keptSentences, placeSentences, squareSentence } from "./shared-sentences.ts";
import {
  actionSentences,
  cameraSentences,
  filmSentence,
  paceSentences,
  type Shot,
  shotsOf,
  soundSentence,
} from "./shot-sentences.ts";
import { type Direction, directionsOf, wordingsOfWishes } from "./wishes.ts";

/**
 * @returns one prompt a segment, in their order: each English outside quotation marks and within
 * {@link promptTokensBudget}, every wish of the user in at least one; or the fault `off_schema` when the draft does not
 * allow that
 */
export function composeStoryboard(draft: StoryboardDraft, order: PromptOrder): Outcome<readonly string[]> {
  const problem = draftProblem(draft, order.segments.length);
  if (problem) return failed("off_schema", problem);
  const wordings = wordingsOfWishes(order.additionalPrompt, draft);
  if (wordings.length === 0) return failed("off_schema", "the draft lost the user's wishes");
  for (const wishes of wordings) {
    const prompts = fitted(sentencesByShot(draft, order, wishes), promptTokensBudget(order.tokensMaximum));
    if (prompts) return succeeded(prompts);
  }
  return failed("off_schema", "the draft is too long");
}

function sentencesByShot(draft: StoryboardDraft, order: PromptOrder, wishes: PlacedWishes): Sentence[][] {
  const wished = order.segments.map((_, index) => wishedDirections(wishes, index));
  return shotsOf(draft, order, wished).map((shot) =>
    sentencesOf(draft, shot, [...wishes.whole, ...wishes.shots[shot.index] ?? []])
  );
}

/** Setting and light are the same in each shot, so a wish of any shot counts; the rest is a matter of the shot alone. */
function wishedDirections({ whole, shots }: PlacedWishes, index: number): ReadonlySet<Direction> {
  const anywhere = directionsOf({ whole, shots });
  const here = directionsOf({ whole, shots: [shots[index] ?? []] });
  const shared = (["setting", "light"] as const).filter((direction) => anywhere.has(direction));
  return new Set([...here, ...shared]);
}

function sentencesOf(draft: StoryboardDraft, shot: Shot, wishes: readonly string[]): Sentence[] {
  const { order, segment, wished } = shot;
  return [
    ...filmSentence(shot),
    ...cameraSentences(shot),
    ...squareSentence(order),
    ...said(draft.subject, 0),
    ...(wishes.length > 0 ? said(`Above all, as asked: ${wishes.join("; ")}`, 0) : []),
    ...actionSentences(shot),
    ...placeSentences(draft, order, wished),
    ...paceSentences(shot),
    ...keptSentences(draft, order, segment.kind),
    ...soundSentence(shot),
    ...ambienceSentence(order, wished),
    ...avoidSentence(order),
  ];
}
