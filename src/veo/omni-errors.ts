/**
 * What went wrong, in the words of the Interactions API. Source: its page "API errors"
 * (ai.google.dev/gemini-api/docs/api-errors, October 2026), and what was seen live where it says nothing.
 */
import type { Fetch } from "../upstream/fetch.ts";
import type { FaultKind } from "../upstream/outcome.ts";
import { answerFault, FaultError } from "../upstream/read-fault.ts";
import { type ErrorOnWire, failedAnswerSchema } from "./omni-wire.ts";

/** "Generation blocked codes" */
const blockedCodes: ReadonlySet<string> = new Set([
  "safety",
  "recitation",
  "language",
  "prohibited_content",
  "spii",
  "blocklist",
  "image_safety",
  "image_prohibited_content",
  "image_recitation",
  "image_other",
  "content_blocked",
]);

/**
 * How a filter's message is known where the code does not tell; the sentences are quoted in the test. Not by "safety"
 * alone: that is in the names of parameters too.
 */
const blockedMessages = [
  /\bblocked\b[^.]*\b(safety|polic(y|ies))\b/i,
  /\binput blocked\b/i,
  /\bprohibited use polic(y|ies)\b/i,
  /\bviolat\w*\b[^.]*\b(polic(y|ies)|guidelines)\b/i,
  /\bsupport codes?:/i,
];

/** Whether a filter speaks: the same request is declined again. */
export function isBlocked({ code, message }: ErrorOnWire): boolean {
  // A code may be the address of an error's kind: "https://…/errors/content_blocked".
  const word = String(code ?? "").toLowerCase().split("/").at(-1) ?? "";
  return blockedCodes.has(word) || blockedMessages.some((pattern) => pattern.test(message ?? ""));
}

/** Error pages have a few kB; nothing that is longer is an error of the API. */
const bodyCharactersMaximum = 65_536;

/** A `fetch` that reads the API's own codes in failed answers; what they leave open is told by the status, as elsewhere. */
export function codedFetch(fetch: Fetch): Fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    if (response.status < 400) return response;
    const text = await beginningOf(response);
    const kind = kindOf(response.status, errorIn(text));
    const copy = new Response(text, response);
    if (!kind) return copy;
    throw new FaultError({ ...(await answerFault(copy)).fault, kind });
  };
}

type Failure = ReturnType<typeof errorIn>;

/** @returns undefined where the status, or Google's older wording, tells */
function kindOf(status: number, error: Failure): FaultKind | undefined {
  switch (status) {
    case 400:
      if (error && isBlocked(error)) return "refused";
      return isUnknownInteraction(error) ? "not_found" : undefined;
    case 402:
      return "quota_exhausted";
    case 404:
      // Of a gateway that does not know the path: nothing that Google has is gone.
      return isGoogleNotFound(error) ? undefined : "invalid_request";
    case 429:
      return error?.code === "quota_exceeded" ? "quota_exhausted" : undefined;
    case 503:
      return isOwnOverload(error) ? "unavailable" : undefined;
    default:
      return undefined;
  }
}

/** The API's own 503, in its documented form; a gateway's may mean that only the way back broke. */
function isOwnOverload(error: Failure): boolean {
  const said = Object.entries(error ?? {}).filter(([, value]) => value !== undefined);
  const isDocumentedForm = said.every(([key]) => key === "code" || key === "message");
  return error?.code === "service_unavailable" && isDocumentedForm;
}

function isGoogleNotFound(error: Failure): boolean {
  return error?.status === "NOT_FOUND" || [404, "not_found", "model_not_found"].includes(error?.code ?? "");
}

/** Seen live in the place of a 404: `invalid_request`, "Invalid interaction name: interactions/…". */
function isUnknownInteraction(error: Failure): boolean {
  return /^Invalid interaction name\b/i.test(error?.message ?? "");
}

function errorIn(text: string) {
  try {
    return failedAnswerSchema.parse(JSON.parse(text)).error;
  } catch {
    return null;
  }
}

/** What can be read of the body. What cannot, says nothing beyond the status, which is there. */
async function beginningOf({ body }: Response): Promise<string> {
  let text = "";
  try {
    if (!body) return text;
    for await (const piece of body.pipeThrough(new TextDecoderStream())) {
      text += piece;
      if (text.length > bodyCharactersMaximum) break;
    }
  } catch {
    return text;
  }
  return text;
}
