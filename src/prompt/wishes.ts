/** How the user's own words get into the prompts, so that none is lost. Pure. */
import type { StoryboardDraft } from "./draft.ts";
import { inQuotes, quotation } from "../analysis/lettering.ts";
import { isEnglish, quotedWords } from "./language.ts";
import { type PlacedWishes, placeWishes } from "./sequence.ts";

/** The directions that a wish can overrule. */
export type Direction = "camera" | "cuts" | "light" | "pace" | "setting" | "sound";

const signs: Readonly<Record<Direction, RegExp>> = {
  camera:
    /\b(camera|shot|orbit|pan(s|ning)?\b|tilt|zoom|dolly|push|pull|handheld|static|tracking|crane|close-?up|rotat)/i,
  cuts:
    /(?<!\b(?:no|without|any) (?:scene )?)\b(?:cuts|montage|(?:several|multiple|different) (?:shots|scenes|angles|views))\b/i,
  light: /\b(light|lit\b|bright|dark|sun|shadow|glow|candle|neon|night|moon|dusk|dawn)/i,
  pace: /\b(pace|speed|fast|quick|slow|rapid|calm|time-?lapse|energetic)/i,
  setting:
    /\b(background|backdrop|setting|location|place|studio|outdoor|indoor|table|room|beach|forest|city|snow|water)/i,
  sound: /\b(sound|music|silen|voice|audio|song|noise|quiet|piano|speak|says?\b|whisper)/i,
};

/**
 * The user's wishes as they can go into the prompts, the best wording first: for one shot their own words as they are
 * when those are English, else the model's translation; for several shots the model's distribution of them. What the
 * model lost is added: an English clause where it stands in the user's sequence, words in quotation marks in the last
 * shot.
 *
 * @returns one wording without wishes when the user wrote nothing; none when the model lost them all
 */
export function wordingsOfWishes(additionalPrompt: string, draft: StoryboardDraft): PlacedWishes[] {
  const words = additionalPrompt.trim();
  const shotCount = draft.shots.length;
  if (!words) return [placeWishes("", shotCount)];
  const drafted = distributed(draft);
  const isKnown = allOf(drafted).length > 0;
  const translated = isKnown ? [withQuotations(words, drafted)] : [];
  if (!isEnglish(words)) return translated;
  if (shotCount === 1) return [{ whole: [words], shots: [[]] }, ...translated];
  return [withQuotations(words, withClauses(words, drafted)), ...translated];
}

/** Which directions the wishes speak about: there the house rules keep silent, so that they contradict nobody. */
export function directionsOf(wishes: PlacedWishes): ReadonlySet<Direction> {
  // What is to be read in the picture is no wish for how it is filmed.
  const text = allOf(wishes).join(" ").replace(quotation, " ");
  const directions: Direction[] = ["camera", "cuts", "light", "pace", "setting", "sound"];
  return new Set(directions.filter((direction) => signs[direction].test(text)));
}

function allOf({ whole, shots }: PlacedWishes): string[] {
  return [...whole, ...shots.flat()];
}

/** As the model distributed them; what it gave to the whole film although it names a sequence goes to its places. */
function distributed({ wishes, shots }: StoryboardDraft): PlacedWishes {
  const own: PlacedWishes = { whole: [], shots: shots.map((shot) => cleaned(shot.wishes)) };
  if (shots.length === 1) return { ...own, whole: cleaned(wishes) };
  return cleaned(wishes).map((wish) => placeWishes(wish, shots.length)).reduce(together, own);
}

function cleaned(wishes: readonly string[]): string[] {
  return wishes.map((wish) => wish.trim().replace(/[.;]+$/, "")).filter((wish) => wish);
}

function together(first: PlacedWishes, second: PlacedWishes): PlacedWishes {
  return {
    whole: [...first.whole, ...second.whole],
    shots: first.shots.map((wishes, shot) => [...wishes, ...second.shots[shot] ?? []]),
  };
}

/** Adds the clauses of the user's English words that no wish repeats. */
function withClauses(words: string, drafted: PlacedWishes): PlacedWishes {
  const known = allOf(drafted).map(stemsOf);
  const isLost = (clause: string) => {
    const stems = [...stemsOf(clause)];
    return !known.some((wish) => stems.filter((stem) => wish.has(stem)).length * 2 >= stems.length);
  };
  const { whole, shots } = placeWishes(words, drafted.shots.length);
  return together(drafted, { whole: whole.filter(isLost), shots: shots.map((clauses) => clauses.filter(isLost)) });
}

/** Enough of a word to know it again in another form: "turning" and "turns". */
const stemLetters = 4;

function stemsOf(text: string): Set<string> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? text.match(/\S+/g) ?? [];
  return new Set(words.map((word) => word.slice(0, stemLetters)));
}

/** Adds the words in quotation marks that no wish has letter by letter: once, where the film ends. */
function withQuotations(words: string, drafted: PlacedWishes): PlacedWishes {
  const lost = quotedWords(words).filter((quoted) => !allOf(drafted).some((wish) => wish.includes(quoted)));
  const wishes = lost.map((quoted) => `with the words ${inQuotes(quoted)} exactly as written`);
  const last = drafted.shots.length - 1;
  return together(drafted, { whole: [], shots: drafted.shots.map((_, shot) => shot === last ? wishes : []) });
}
