/** How the user's own words get into the prompt. Pure. */
import type { VideoPromptDraft } from "./draft.ts";
import { inQuotes, isEnglish, quotedWords } from "./language.ts";

/** The directions that a wish can overrule. */
export type Direction = "camera" | "light" | "pace" | "setting" | "sound";

const signs: Readonly<Record<Direction, RegExp>> = {
  camera:
    /\b(camera|shot|orbit|pan(s|ning)?\b|tilt|zoom|dolly|push|pull|handheld|static|tracking|crane|close-?up|rotat)/i,
  light: /\b(light|lit\b|bright|dark|sun|shadow|glow|candle|neon|night|moon|dusk|dawn)/i,
  pace: /\b(pace|speed|fast|quick|slow|rapid|calm|time-?lapse|energetic)/i,
  setting:
    /\b(background|backdrop|setting|location|place|studio|outdoor|indoor|table|room|beach|forest|city|snow|water)/i,
  sound: /\b(sound|music|silen|voice|audio|song|noise|quiet|piano|speak|says?\b|whisper)/i,
};

/**
 * The user's wishes as they go into the prompt: their own words as they are when those are English, else the model's
 * translation. Words in quotation marks are added when the translation lost them.
 *
 * @returns no wishes when the user wrote nothing; null when the model translated nothing
 */
export function wishesFor(additionalPrompt: string, draft: VideoPromptDraft): readonly string[] | null {
  const words = additionalPrompt.trim();
  if (!words) return [];
  if (isEnglish(words)) return [words];
  return translatedWishes(words, draft);
}

/** The model's wording of the wishes, whatever the user's language; null when there is none. */
export function translatedWishes(words: string, draft: VideoPromptDraft): readonly string[] | null {
  const wishes = draft.wishes.map((wish) => wish.trim().replace(/[.;]+$/, "")).filter((wish) => wish);
  if (wishes.length === 0) return null;
  const lost = quotedWords(words).filter((quoted) => !wishes.some((wish) => wish.includes(quoted)));
  return [...wishes, ...lost.map((quoted) => `with the words ${inQuotes(quoted)} exactly as written`)];
}

/** Which directions the wishes speak about: there the house rules keep silent, so that they contradict nobody. */
export function directionsOf(wishes: readonly string[]): ReadonlySet<Direction> {
  const text = wishes.join(" ");
  const directions: Direction[] = ["camera", "light", "pace", "setting", "sound"];
  return new Set(directions.filter((direction) => signs[direction].test(text)));
}
