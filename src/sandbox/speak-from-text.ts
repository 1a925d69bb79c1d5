/**
 * What the stand-in writes when it is asked to write from a text, as for a video prompt: it looks in the text for what
 * each property could mean. First a value of the same name in the JSON that the text holds, then a line that begins
 * with the name, then the line that has the most words in common with the property's name and description. A list of
 * objects mirrors the list of that name in the JSON, item by item.
 */
import { inWords, type Speaker } from "./invent.ts";
import { hasType, type JsonSchema } from "./json-schema.ts";

const extractCharactersMaximum = 240;
const listLengthMaximum = 4;
const wordLengthMinimum = 4;

export function speakFromText(text: string): Speaker {
  const values = new Map<string, unknown>();
  for (const json of findJson(text)) collect(json, values);
  const lines = text.split(/\n+/).map((line) => line.trim()).filter((line) =>
    isEnglish(line) && !/^[{}[\]"]/.test(line)
  );
  return speakFrom(values, lines);
}

function speakFrom(values: ReadonlyMap<string, unknown>, lines: readonly string[]): Speaker {
  return (name, schema, inventWith) => {
    if (hasType(schema, "string")) return sayString(name, schema, values.get(name), lines);
    const items = hasType(schema, "array") ? schema.items : undefined;
    if (!items) return undefined;
    if (hasType(items, "string")) return sayList(name, schema, values.get(name), lines);
    const told = entriesOfEach(values.get(name));
    return told?.map((entries) => inventWith(items, speakFrom(new Map(entries), [])));
  };
}

/** A list of objects in the text says how long the list of the answer is, and what each of its items says. */
function entriesOfEach(value: unknown): [string, unknown][][] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.map((item) => typeof item === "object" && item !== null ? Object.entries(item) : []);
}

function sayString(name: string, schema: JsonSchema, value: unknown, lines: readonly string[]): string {
  if (typeof value === "string" && value !== "") return inEnglish(name, value);
  const [best] = linesAbout(name, schema, lines);
  return best === undefined ? `${inWords(name)} as the sandbox imagines it` : extract(best);
}

function sayList(name: string, schema: JsonSchema, value: unknown, lines: readonly string[]): string[] {
  if (Array.isArray(value)) {
    return value.filter((item) => typeof item === "string").map((item) => inEnglish(name, item));
  }
  return linesAbout(name, schema, lines).slice(0, listLengthMaximum).map(extract);
}

/** Lines that speak of a property, the best first. */
function linesAbout(name: string, schema: JsonSchema, lines: readonly string[]): string[] {
  const named = lines.filter((line) => line.toLowerCase().replace(/^[-*#\s]+/, "").startsWith(`${inWords(name)}:`));
  if (named.length > 0) return named;
  const wanted = wordsOf(`${inWords(name)} ${schema.description ?? ""}`);
  return lines
    .map((line) => ({ line, score: [...wordsOf(line)].filter((word) => wanted.has(word)).length }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ line }) => line);
}

function wordsOf(text: string): Set<string> {
  return new Set(text.toLowerCase().split(/[^a-z]+/).filter((word) => word.length >= wordLengthMinimum));
}

/** A line without its bullet and label, not longer than a sentence or two. */
function extract(line: string): string {
  const bare = line.replace(/^[-*#\s]+/, "").replace(/^[\w ]{2,30}:\s+/, "");
  return bare.length <= extractCharactersMaximum
    ? bare
    : `${bare.slice(0, bare.lastIndexOf(" ", extractCharactersMaximum))} …`;
}

/** Words in quotation marks are to be kept letter by letter, whatever language they are in. */
const quotation = /"[^"]*"|“[^”]*”|„[^“”]*[“”]|«[^»]*»|「[^」]*」/gu;

/** The stand-in cannot translate, so in the place of what is not in Latin letters it says that. */
function inEnglish(name: string, value: string): string {
  if (isEnglish(value.replace(quotation, "-"))) return value;
  const quoted = (value.match(quotation) ?? []).map((words) => `"${words.slice(1, -1)}"`);
  return [`${inWords(name)} in a language that the sandbox does not translate`, ...quoted].join(", ");
}

function isEnglish(line: string): boolean {
  return line !== "" && !/[^\p{Script=Latin}\p{Script=Common}]/u.test(line);
}

/** Every JSON object that the text holds, however it is embedded. */
function findJson(text: string): unknown[] {
  const found: unknown[] = [];
  let start = text.indexOf("{");
  while (start >= 0) {
    const end = endOfObject(text, start);
    const value = end > start ? parse(text.slice(start, end)) : undefined;
    if (value !== undefined) found.push(value);
    start = text.indexOf("{", value === undefined ? start + 1 : end);
  }
  return found;
}

function endOfObject(text: string, start: number): number {
  let depth = 0;
  let inString = false;
  for (let at = start; at < text.length; at += 1) {
    const character = text[at];
    if (inString) {
      if (character === "\\") at += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === "{") depth += 1;
    else if (character === "}" && --depth === 0) return at + 1;
  }
  return -1;
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** Every value by its key; an outer one goes before an inner one. */
function collect(value: unknown, values: Map<string, unknown>): void {
  if (typeof value !== "object" || value === null) return;
  const entries = Object.entries(value);
  if (!Array.isArray(value)) {
    for (const [key, child] of entries) if (!values.has(key)) values.set(key, child);
  }
  for (const [, child] of entries) collect(child, values);
}
