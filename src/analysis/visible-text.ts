/** Texts of strangers reduced to what a reader sees of them. What nobody sees can only be meant for a machine. Pure. */

/** Scripts that shape their letters by the joiners, and emoji, which are put together with them. */
const joinable = "[\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\uFE0F" +
  [
    ...["Arabic", "Bengali", "Devanagari", "Gujarati", "Gurmukhi", "Kannada", "Khmer", "Malayalam", "Mongolian"],
    ...["Myanmar", "Oriya", "Sinhala", "Syriac", "Tamil", "Telugu"],
  ].map((script) => `\\p{Script=${script}}`).join("") +
  "]";

/**
 * Zero-width and bidirectional controls, tag characters, fillers and the like (Unicode: Default_Ignorable_Code_Point,
 * and the interlinear marks); not the joiners and the emoji style where they change what is seen.
 */
const invisible = new RegExp(
  [
    "(?![\\u200C\\u200D\\uFE0E\\uFE0F])\\p{Default_Ignorable_Code_Point}",
    "[\\uFFF9-\\uFFFB]",
    "(?<!\\p{Emoji})[\\uFE0E\\uFE0F]",
    `(?<!${joinable})[\\u200C\\u200D]`,
    `[\\u200C\\u200D](?!${joinable})`,
  ].join("|"),
  "gu",
);

const lineEnd = /\r\n?|[\v\f\u0085\u2028\u2029]/g;

/** More accents on one letter than any orthography has bury the lines around it. */
const piledAccents = /(\p{M}{6})\p{M}+/gu;

/** The text without what nobody sees: halves of characters, control characters, invisible ones. Its lines stay. */
export function visible(text: string): string {
  return text.toWellFormed()
    .replace(lineEnd, "\n")
    .replaceAll("\t", " ")
    .replace(/(?!\n)\p{Cc}/gu, "")
    .replace(invisible, "")
    .replace(piledAccents, "$1");
}

/** {@link visible} in one line, blanks folded. */
export function oneLine(text: string): string {
  return visible(text).replace(/\s+/g, " ").trim();
}

/**
 * Code fences; pictures and links of Markdown, of which the words stay; tags, of HTML, of chat models and of reference
 * pictures, with the headings that explain them; addresses.
 */
const markup: readonly (readonly [RegExp, string])[] = [
  [/`{3,}[a-z]*/gi, " "],
  [/!?\[([^\]]*)\]\([^)]*\)/g, "$1"],
  [/<[a-z/!|][^<>]*>/gi, " "],
  [/\[(?=\s*#)/g, "("],
  [/\b[a-z][a-z+.-]*:\/\/\S+/gi, " "],
];

/** How many times as long as its words a marked-up text may be. */
const roomForMarkup = 4;

/**
 * A description in one line without markup, cut at a word.
 *
 * @param charactersMaximum of the result, besides the `…` that a cut leaves
 */
export function plain(text: string, charactersMaximum: number): string {
  // Markup takes some room of its own; what is longer is not looked through for it.
  const beginning = oneLine(text.slice(0, charactersMaximum * roomForMarkup));
  const bare = markup.reduce((rest, [pattern, words]) => rest.replace(pattern, words), beginning);
  return shortened(oneLine(bare), charactersMaximum);
}

/** @returns the text, or its beginning with `…` */
export function shortened(text: string, charactersMaximum: number): string {
  if (text.length <= charactersMaximum) return text;
  return `${beginningOf(text, charactersMaximum)}…`;
}

/** A text in pieces, at blanks where there are any, each no longer than that: none of its letters is lost or added. */
export function inPieces(text: string, charactersMaximum: number): string[] {
  if (text.length <= charactersMaximum) return text ? [text] : [];
  const first = beginningOf(text, charactersMaximum);
  return [first, ...inPieces(text.slice(first.length).trimStart(), charactersMaximum)];
}

function beginningOf(text: string, charactersMaximum: number): string {
  const blank = text.lastIndexOf(" ", charactersMaximum);
  const end = blank > 0 ? blank : charactersMaximum;
  // Not through the middle of a character of two halves.
  return text.slice(0, text.slice(0, end).isWellFormed() ? end : end - 1).trimEnd();
}
