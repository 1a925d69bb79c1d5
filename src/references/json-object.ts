/** A body that is one JSON object, read strictly: `JSON.parse` keeps the last of two members with one name. */
import { z } from "zod";
import { type FieldProblem, ServiceError } from "../errors.ts";

export interface JsonObject {
  readonly members: object;
  /** Of members that were sent more than once. */
  readonly problems: FieldProblem[];
}

/** Text of a member. An escape such as `\ud800` alone is valid JSON, but no text: it could be neither stored nor sent on. */
export const jsonTextSchema = z.string("Send text.").refine((text) => text.isWellFormed(), "Send text.");

// Not `z.record`, which passes over a member named `__proto__` in silence.
const objectSchema = z.custom<object>((body) => typeof body === "object" && body !== null && !Array.isArray(body));

/**
 * @param notAnObject what is said of valid JSON of another shape
 * @throws ServiceError `invalid_input` when it is not in UTF-8, not JSON, or not an object
 */
export function readJsonObject(bytes: Uint8Array, notAnObject: string): JsonObject {
  const text = decoded(bytes);
  const body = objectSchema.safeParse(parsed(text));
  if (!body.success) throw new ServiceError("invalid_input", notAnObject);
  return { members: body.data, problems: problemsOfRepeats(memberNames(text)) };
}

/** @throws ServiceError `invalid_input` */
export function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch (cause) {
    throw new ServiceError("invalid_input", "The body is not text in UTF-8.", { cause });
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ServiceError("invalid_input", "The body is not valid JSON.", { cause });
  }
}

/** Which of two values was meant nobody can know; a form's field that is sent twice is refused as well. */
function problemsOfRepeats(names: readonly string[]): FieldProblem[] {
  const seen = new Set<string>();
  const repeated = new Set(names.filter((name) => seen.size === seen.add(name).size));
  return [...repeated].map((field) => ({
    field,
    code: "invalid_input",
    message: "This was sent more than once. Send it once.",
  }));
}

/** Strings and what gives a text its structure; the text is known to be valid. */
const tokenPattern = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]:]/g;

/**
 * @param text valid JSON, an object
 * @returns the names of its own members, unescaped, in order; those of objects inside it are left out
 */
function memberNames(text: string): string[] {
  const names: string[] = [];
  let depth = 0;
  let lastString = "";
  for (const [token] of text.matchAll(tokenPattern)) {
    if (token === "{" || token === "[") depth++;
    else if (token === "}" || token === "]") depth--;
    else if (token !== ":") lastString = token;
    else if (depth === 1) names.push(String(JSON.parse(lastString)));
  }
  return names;
}
