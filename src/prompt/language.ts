/** What a prompt has to know about languages: it is English, except for words in quotation marks. Pure. */
import { quotation } from "../analysis/lettering.ts";

/** The words a text has in quotation marks, without them. */
export function quotedWords(text: string): string[] {
  return [...text.matchAll(quotation)].flatMap((match) => {
    const words = match.slice(1).find((group) => group !== undefined)?.trim();
    return words ? [words] : [];
  });
}

/**
 * The parts of a text between the matches of a pattern, without blank ones and without a comma at their end. What
 * stands in quotation marks is never split.
 *
 * @param pattern global
 */
export function splitOutsideQuotes(text: string, pattern: RegExp): string[] {
  // Of the same length, so that places in it are places in the text.
  const unquoted = text.replace(quotation, (words) => "_".repeat(words.length));
  const parts: string[] = [];
  let start = 0;
  for (const match of unquoted.matchAll(pattern)) {
    parts.push(text.slice(start, match.index));
    start = match.index + match[0].length;
  }
  return [...parts, text.slice(start)].map((part) => part.trim().replace(/,$/, "")).filter((part) => part);
}

/** A text that is one quotation as a whole, with or without others inside it. */
const wholeQuotation = /^["“„«「][^]*["”“»」][.;]?$/u;

/** Whether a text, apart from what it has in quotation marks, is written in Latin letters only. */
export function isLatin(text: string): boolean {
  if (wholeQuotation.test(text.trim())) return true;
  // Letters of no script (µ) are signs of measure.
  return !/(?!\p{Script=Latin}|\p{Script=Common})\p{L}/u.test(text.replace(quotation, " "));
}

const englishWords = wordSet(
  "the and with of from into to is are be it its at by this that should please without make keep show let i my we " +
    "our you slow slowly light no not",
);

/** Function words of languages in Latin letters that are not English words as well. */
const foreignWords = wordSet(
  "der das und mit ist eine einen ein im auf den dem von nicht bitte soll für wie aus zum zur sich " +
    "le la les une avec dans du et est sur sans très doucement autour comme aux " +
    "el los las una con del por para muy sin como sobre en y que debe " +
    "il gli della con lo nel che per molto senza di e alla " +
    "o os uma com não da do na no muito sem " +
    "het een van met niet op zijn voor jest oraz nie się dla bez ve bir ile için çok",
);

/**
 * Whether the user's words can stand in the prompt as they are. Words in Latin letters count as English until they show
 * another language: its function words, or accents without an English word beside them.
 */
export function isEnglish(text: string): boolean {
  if (!isLatin(text)) return false;
  const words = text.replace(quotation, " ").toLowerCase().match(/\p{L}+/gu) ?? [];
  const english = words.filter((word) => englishWords.has(word)).length;
  const foreign = words.filter((word) => foreignWords.has(word) && !englishWords.has(word)).length;
  // One alone may be a name: "Fleur de Lis", "La Mer".
  if (foreign >= 2 && foreign > english) return false;
  return english > 0 || words.every((word) => /^[a-z]+$/.test(word));
}

function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.split(" "));
}
