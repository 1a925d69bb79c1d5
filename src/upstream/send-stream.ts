/** Sends a request whose body is made while it is sent, and whose length is known ahead. */
import type { Fetch } from "./fetch.ts";

/** A body of a known length. */
export interface SizedContent {
  readonly bytes: number;
  /** The body's pieces, made one by one as they are asked for. */
  pieces(): AsyncGenerator<Uint8Array>;
}

/**
 * The request failed before its body was handed over in full. Its length was announced, so the upstream cannot have
 * taken it for complete: nothing was accepted.
 *
 * workerd gives no other sign: a refused connection and one that broke off are the same error to it.
 */
export class NotSentError extends Error {
  override readonly name = "NotSentError";
}

/**
 * Sends the content with `Content-Length`. It is pulled as fast as the network takes it and no faster; when the
 * upstream answers with a failure before it took everything, the rest is not read.
 *
 * @throws NotSentError when sending failed with some of the body not handed over
 * @throws unknown whatever {@link SizedContent.pieces} threw, or else `fetch`
 */
export async function sendStream(
  fetch: Fetch,
  input: RequestInfo | URL,
  init: RequestInit,
  content: SizedContent,
): Promise<Response> {
  const source = watched(content);
  const stop = new AbortController();
  const headers = new Headers(init.headers);
  headers.set("content-length", String(content.bytes));
  // `duplex` is what browsers, Deno and Node ask for with a streamed body; workerd does not mind it.
  const streamed = { ...init, headers, body: sized(source.stream, content.bytes, stop.signal), duplex: "half" };
  try {
    const response = await fetch(input, streamed);
    if (!response.ok) stop.abort();
    return response;
  } catch (cause) {
    stop.abort();
    const { broken, finished } = source.progress;
    if (broken) throw broken.error;
    throw finished ? cause : new NotSentError("The request was not sent in full.", { cause });
  }
}

/** How far the making of a body has come. */
interface Progress {
  finished: boolean;
  /** What the making of the body threw: `fetch` itself only says that the connection was lost. */
  broken: { readonly error: unknown } | null;
}

function watched(content: SizedContent): { stream: ReadableStream<Uint8Array>; progress: Progress } {
  const progress: Progress = { finished: false, broken: null };
  const pieces = content.pieces();
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await pieces.next();
        if (!done) return controller.enqueue(value);
        progress.finished = true;
        controller.close();
      } catch (error) {
        progress.broken = { error };
        controller.error(error);
      }
    },
    async cancel() {
      await pieces.return(undefined);
    },
  }, { highWaterMark: 0 });
  return { stream, progress };
}

/** In workerd only a `FixedLengthStream` is sent with `Content-Length`; any other stream goes in chunks. */
function sized(stream: ReadableStream<Uint8Array>, bytes: number, signal: AbortSignal): ReadableStream<Uint8Array> {
  if (typeof FixedLengthStream !== "function") return stream;
  const { readable, writable } = new FixedLengthStream(bytes);
  // A failure ends the request as well, and is told there.
  stream.pipeTo(writable, { signal }).catch(() => {});
  return readable;
}
