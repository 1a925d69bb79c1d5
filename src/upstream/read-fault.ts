/** From a failed answer, or from what `fetch` or an SDK threw, to a fault in our own words. */
import { googleHint, isGoogleNotFound, isGoogleOverload } from "./google-error.ts";
import { openaiHint } from "./openai-error.ts";
import { failed, type Fault, type FaultKind } from "./outcome.ts";
import { AttachmentError } from "./read-attachment.ts";
import { retryAfterMs } from "./retry-after.ts";
import { NotSentError } from "./send-stream.ts";

export type Failed = ReturnType<typeof failed>;

/** What an error body says; what it leaves open is told by the status. */
export interface ErrorHint {
  readonly kind?: FaultKind | undefined;
  readonly retryAfterMs?: number | undefined;
}

/** A fault on its way through an SDK, which knows only exceptions. */
export class FaultError extends Error {
  override readonly name = "FaultError";
  readonly fault: Fault;

  constructor(fault: Fault) {
    super(fault.note);
    this.fault = fault;
  }
}

/** Google's longest error bodies are a few kilobytes; a proxy's error page may be anything. */
const bodyCharactersMaximum = 65_536;

/**
 * Reads a failed answer of either upstream and uses up its body. The error codes and forms of the two do not overlap.
 *
 * @param now milliseconds since 1970, for a `Retry-After` that is a date
 */
export async function answerFault(response: Response, now: number = Date.now()): Promise<Failed> {
  return faultOf(response, await readJson(response), now);
}

/** The one 5xx that says "not taken"; after any other the work may be under way. */
const notTaken = 503;

/**
 * Reads a failed answer to a request that costs money when it is taken: `interrupted` where that is open, whatever the
 * body hints at. A proxy's 503 may mean that the way back broke, so only Google's own is believed.
 */
export async function paidAnswerFault(response: Response, now: number = Date.now()): Promise<Failed> {
  const body = await readJson(response);
  const answer = faultOf(response, body, now);
  if (response.status === notTaken && isGoogleOverload(body)) return answer;
  // Another model may be paid for because of it, so a missing path must not pass for a missing model.
  if (answer.fault.kind === "not_found" && !isGoogleNotFound(body)) {
    return failed("invalid_request", `${answer.fault.note}, not by the API`);
  }
  const isOpen = response.status >= 500 || answer.fault.kind === "unavailable";
  return isOpen ? failed("interrupted", answer.fault.note) : answer;
}

function faultOf(response: Response, body: unknown, now: number): Failed {
  const google = googleHint(response.status, body);
  const kind = google.kind ?? openaiHint(body).kind ?? kindOfStatus(response.status);
  const waitMs = retryAfterMs(response.headers, now) ?? google.retryAfterMs ?? null;
  return failed(kind, `answered with status ${response.status}`, waitMs);
}

/**
 * Reads what `fetch`, an SDK, or the reading of an answer threw.
 *
 * `unreachable` is said only when the request was certainly not sent in full; workerd itself does not tell a refused
 * connection from a lost one.
 */
export function thrownFault(error: unknown): Failed {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof FaultError) return { ok: false, fault: cause.fault };
    if (cause instanceof AttachmentError) return failed("unreachable", "a file could not be read in full");
    if (cause instanceof NotSentError) return failed("unreachable", "the request could not be sent in full");
    if (cause instanceof SyntaxError) return failed("malformed", "the answer is not JSON");
    if (cause.name === "AbortError" || cause.name === "TimeoutError") return failed("interrupted", "the wait ran out");
  }
  return failed("interrupted", "the connection broke");
}

function kindOfStatus(status: number): FaultKind {
  if (status < 400) return "malformed";
  if (status >= 500) return "unavailable";
  switch (status) {
    case 401:
    case 403:
      return "unauthorized";
    case 404:
    case 410:
      return "not_found";
    case 408:
    case 409:
      return "unavailable";
    case 429:
      return "rate_limited";
    // Google's CANCELLED: the connection was closed from our side.
    case 499:
      return "interrupted";
    default:
      return "invalid_request";
  }
}

/** The body's JSON; undefined when it is something else, is cut, or is too long to be an error. */
async function readJson(response: Response): Promise<unknown> {
  let text = "";
  try {
    if (!response.body) return undefined;
    for await (const piece of response.body.pipeThrough(new TextDecoderStream())) {
      text += piece;
      if (text.length > bodyCharactersMaximum) return undefined;
    }
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
