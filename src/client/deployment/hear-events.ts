/** One connection for a task's events: what comes over it, for as long as it shows that it lives. */
import { ConnectionError, RequestRefusedError } from "../errors.ts";
import type { Connection } from "./connection.ts";
import { failureOf } from "./read-answer.ts";
import { readEvents } from "./server-sent-events.ts";
import { type Time, within } from "./time.ts";

export interface HeardState {
  /** Its number, by which a later connection goes on after it. */
  readonly id: string;
  readonly json: string;
}

/** The service answers at once and says something at once; who holds that back will hold back the rest. */
const firstPatienceMs = 5_000;
/** Two heartbeats of the service, which come every 15 s, and a little more. */
const patienceMs = 35_000;

/**
 * @param path of the events
 * @param seen the number of the last state that is known; empty for none
 * @returns the states after it; null when whoever answers has no events to give
 * @throws ConnectionError when there is no answer; also later, when it breaks off or falls silent. RequestRefusedError
 */
export async function hearEvents(
  connection: Connection,
  path: string,
  seen: string,
  signal: AbortSignal,
  time: Time,
): Promise<AsyncGenerator<HeardState, void> | null> {
  const end = new AbortController();
  const headers = { Accept: "text/event-stream", ...seen !== "" && { "Last-Event-ID": seen } };
  const answer = connection.send(path, { headers }, AbortSignal.any([signal, end.signal]));
  try {
    const patience = { milliseconds: firstPatienceMs, signal, time };
    const response = await within(patience, answer, () => new ConnectionError("No answer came in time."));
    const body = await streamOf(response);
    return body && statesOf(body, end, signal, time);
  } catch (error) {
    end.abort();
    throw error;
  }
}

/** @returns null when it is an answer, but none with events */
async function streamOf(response: Response): Promise<ReadableStream<Uint8Array> | null> {
  const { ok, status, headers, body } = response;
  if (ok && body && headers.get("Content-Type")?.startsWith("text/event-stream")) return body;
  if (!ok) {
    const failure = await failureOf(response);
    if (failure instanceof RequestRefusedError || status >= 500) throw failure;
  } else {
    await body?.cancel();
  }
  return null;
}

async function* statesOf(
  body: ReadableStream<Uint8Array>,
  end: AbortController,
  signal: AbortSignal,
  time: Time,
): AsyncGenerator<HeardState, void> {
  try {
    for await (const { id, data } of readEvents(chunksOf(body, signal, time))) yield { id, json: data };
  } finally {
    end.abort();
  }
}

/** Its chunks, heartbeats included, until none comes for too long. */
async function* chunksOf(
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal,
  time: Time,
): AsyncGenerator<Uint8Array, void> {
  const reader = body.getReader();
  const late = () => new ConnectionError("The events fell silent.");
  try {
    for (let milliseconds = firstPatienceMs;; milliseconds = patienceMs) {
      const read = reader.read().catch((cause) => {
        throw new ConnectionError("The events broke off.", { cause });
      });
      const { done, value } = await within({ milliseconds, signal, time }, read, late);
      if (done) return;
      yield value;
    }
  } finally {
    // Of a connection that is broken already, this fails too.
    reader.cancel().catch(() => {});
  }
}
