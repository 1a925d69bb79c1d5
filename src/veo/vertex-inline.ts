/** A clip that stands in the answer to its operation, read out of it without being held. */
import type { Fetch } from "../upstream/fetch.ts";
import { openLongString } from "../upstream/long-strings.ts";
import { failed, type Outcome, succeeded } from "../upstream/outcome.ts";
import { answerFault } from "../upstream/read-fault.ts";
import { untilHeaders } from "./download.ts";
import type { OpenedClip } from "./model.ts";
import { requestJson } from "./request-json.ts";
import { shortClip } from "./vertex-status.ts";
import { type InlineFile, operationSchema } from "./vertex-wire.ts";

/** The request that asks where an operation is. */
export interface OperationQuestion {
  readonly fetch: Fetch;
  readonly url: string;
  readonly init: RequestInit;
}

/** Before the first byte of tens of MB the answer has to be put together; an ordinary one comes at once. */
export const operationTimeoutMs = 100_000;

/** Asks for the operation once more. The body is the caller's to read or to cancel. */
export async function openInlineClip(
  question: OperationQuestion,
  { order, bytes }: InlineFile,
): Promise<Outcome<OpenedClip>> {
  return order === null ? await openShort(question) : await openLong(question, order, bytes);
}

async function openLong(
  { fetch, url, init }: OperationQuestion,
  order: number,
  bytes: number,
): Promise<Outcome<OpenedClip>> {
  return await untilHeaders(operationTimeoutMs, async (signal) => {
    const response = await fetch(url, { ...init, redirect: "manual", signal });
    if (!response.ok || !response.body) return await answerFault(response);
    return succeeded({ body: openLongString(response.body, order), bytes });
  });
}

async function openShort(question: OperationQuestion): Promise<Outcome<OpenedClip>> {
  const read = await requestJson(operationSchema, { ...question, timeoutMs: operationTimeoutMs, mayBeLong: true });
  if (!read.ok) return read;
  const clip = shortClip(read.value);
  if (!clip) return failed("malformed", "the operation does not hold the clip any more");
  return succeeded({ body: new Blob([clip]).stream(), bytes: clip.byteLength });
}
