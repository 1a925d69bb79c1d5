/**
 * Lettering inside other words: always a quotation, so that it is shown and never obeyed. Pure.
 */

/** The quotation marks people use; an apostrophe is none. */
export const quotation = /"([^"]*)"|“([^”]*)”|„([^“”]*)[“”]|«([^»]*)»|「([^」]*)」/gu;

/** A straight mark that closes nothing; it looks the same, and as inches it is the right sign. */
const doublePrime = "″";

/** The words in quotation marks that nothing inside can close. */
export function inQuotes(words: string): string {
  return `"${words.replaceAll('"', doublePrime)}"`;
}

/** The text with an even number of straight marks: one alone would turn the quotations after it inside out. */
export function balanced(text: string): string {
  const last = text.lastIndexOf('"');
  const isOdd = text.split('"').length % 2 === 0;
  return isOdd ? text.slice(0, last) + doublePrime + text.slice(last + 1) : text;
}

/** Fewer words in a row are a phrase that anybody may use: "for her", "gold ring". */
const wordsInRun = 3;

/** Runs of three words; of one where it is in another script, because there it can be nothing but lettering. */
export type Runs = ReadonlySet<string>;

const otherScript = /(?!\p{Script=Latin}|\p{Script=Common})\p{L}/u;

/**
 * @param texts lettering
 * @param except words that are somebody's own as well: their runs do not count
 */
export function runsOf(texts: readonly string[], except: readonly string[] = []): Runs {
  const own = new Set(except.flatMap(allRunsIn));
  return new Set(texts.flatMap(allRunsIn).filter((run) => !own.has(run)));
}

/** Whether a run of the lettering stands in the text outside quotation marks. */
export function saysRun(text: string, runs: Runs): boolean {
  return withRunsQuoted(text, runs) !== text;
}

/** The text with every run of the lettering in quotation marks, also where it was told as if it were a sentence. */
export function withRunsQuoted(text: string, runs: Runs): string {
  if (runs.size === 0) return text;
  // Every second part stood between straight marks; the text is balanced.
  return text.split('"').map((part, index) => index % 2 === 0 ? quoteIn(part, runs) : part).join('"');
}

/** From where to where in a text, the end excluded. */
interface Range {
  readonly start: number;
  readonly end: number;
}

interface Word extends Range {
  readonly text: string;
}

function wordsIn(text: string): Word[] {
  return [...text.matchAll(/[\p{L}\p{M}\p{N}]+/gu)].map(({ 0: word, index }) => {
    return { text: word.toLowerCase(), start: index, end: index + word.length };
  });
}

function allRunsIn(text: string): string[] {
  const words = wordsIn(text);
  const foreign = words.flatMap(({ text }) => otherScript.test(text) ? [text] : []);
  return [...words.slice(wordsInRun - 1).map((_, at) => runAt(words, at)), ...foreign];
}

/** The three words that begin at this one; fewer at the end. */
function runAt(words: readonly Word[], at: number): string {
  return words.slice(at, at + wordsInRun).map(({ text }) => text).join(" ");
}

function quoteIn(part: string, runs: Runs): string {
  const quoted = [...part.matchAll(quotation)].map(({ 0: words, index }) => ({
    start: index,
    end: index + words.length,
  }));
  const isQuoted = (range: Range) => quoted.some(({ start, end }) => start <= range.start && range.end <= end);
  let result = "";
  let done = 0;
  for (const range of rangesOf(wordsIn(part), runs).filter((range) => !isQuoted(range))) {
    result += part.slice(done, range.start) + inQuotes(part.slice(range.start, range.end));
    done = range.end;
  }
  return result + part.slice(done);
}

/** From where to where runs stand, those that touch or overlap as one. */
function rangesOf(words: readonly Word[], runs: Runs): Range[] {
  const ranges: Range[] = [];
  let wordsCovered = 0;
  words.forEach((word, at) => {
    const count = runs.has(runAt(words, at)) ? Math.min(wordsInRun, words.length - at) : runs.has(word.text) ? 1 : 0;
    if (count === 0) return;
    const before = ranges.length > 0 && at <= wordsCovered ? ranges.pop() : undefined;
    wordsCovered = Math.max(wordsCovered, at + count);
    ranges.push({ start: before?.start ?? word.start, end: words[wordsCovered - 1]?.end ?? word.end });
  });
  return ranges;
}
