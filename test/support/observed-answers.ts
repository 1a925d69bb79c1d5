/**
 * What the service answered while the suite ran, to be held against its description at the end. Of the many answers that
 * are alike, one is kept.
 */

export interface ObservedAnswer {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  /** Null where it was no text. */
  readonly body: string | null;
}

/** By what tells answers apart: their shape, and not what they say. */
const kept = new Map<string, ObservedAnswer>();

/** A word of a vocabulary, which belongs to the shape; longer and other texts are somebody's own. */
const wordPattern = /^[a-z0-9_.:]{1,24}$/;

/** Of the texts with words of their own, as many are kept as show what they are like. */
const alikeMaximum = 300;

export function observeAnswer(answer: ObservedAnswer): void {
  const place = `${answer.method} ${kindOfPath(answer.path)} ${answer.status}`;
  const shape = `${place} ${[...answer.headers.keys()].sort().join()} ${bodyShape(answer.body)}`;
  if (kept.has(shape)) return;
  const alike = (countByPlace.get(place) ?? 0) + 1;
  countByPlace.set(place, alike);
  if (alike <= alikeMaximum) kept.set(shape, answer);
}

const countByPlace = new Map<string, number>();

export function observedAnswers(): readonly ObservedAnswer[] {
  return [...kept.values()];
}

/** Files of tests that have run, or begun to, in this worker. */
let files = 0;

export function observeFile(): void {
  files++;
}

export function observedFiles(): number {
  return files;
}

/** The path without what is random in it. */
function kindOfPath(path: string): string {
  return path.replace(/[0-9a-f]{32}/g, "*");
}

function bodyShape(body: string | null): string {
  if (body === null) return "";
  try {
    return shapeOf(JSON.parse(body));
  } catch {
    return body.split("\n").map((line) => line.startsWith("data: ") ? bodyShape(line.slice(6)) : "").join("");
  }
}

function shapeOf(value: unknown): string {
  if (Array.isArray(value)) return `[${[...new Set(value.map(shapeOf))].join()}]`;
  if (typeof value === "object" && value !== null) {
    return `{${Object.entries(value).map(([name, member]) => `${name}:${shapeOf(member)}`).join()}}`;
  }
  return typeof value === "string" && wordPattern.test(value)
    ? value
    : typeof value === "object"
    ? "null"
    : typeof value;
}
