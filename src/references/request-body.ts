/** A request's body, read with limits of size and time that do not depend on what the client announces. */
import { ServiceError } from "../errors.ts";
import { chunksOf } from "../storage/chunks.ts";
import { rateLimited } from "../storage/part-memory.ts";
import { Presences } from "../storage/presences.ts";
import { StalledError, stallLimited, type StallLimits } from "../storage/stall-limited.ts";
import { bodiesMaximum, bodyStallMaximumMs, formTotalMaximumMs } from "./limits.ts";

/** For a body of some hundred kB. */
const formTimes: StallLimits = { stallMaximumMs: bodyStallMaximumMs, totalMaximumMs: formTotalMaximumMs };

/** The bodies that this isolate reads now. Who reads one is heard of with each chunk. */
const bodiesBeingRead = new Presences(4 * bodyStallMaximumMs);

/**
 * The chunks of a request's body. A chunk is valid only until the next one is asked for.
 *
 * @param bytesMaximum checked against Content-Length at once and against what arrives
 * @param times how long the client may be silent, and take for all of it
 * @throws {ServiceError} `payload_too_large`, `unsupported_media_type` when it is encoded, `rate_limited` when too many are
 * read already, or `invalid_input` when the client stops in the middle
 */
export async function* bodyChunksOf(
  request: Request,
  bytesMaximum: number,
  times: StallLimits = formTimes,
): AsyncGenerator<Uint8Array, void> {
  if (!request.body) return;
  const refusal = refusalUnread(request.headers, bytesMaximum);
  if (refusal) {
    // Left as it is, `wrangler dev` would read it to its end before it answers.
    await request.body.cancel();
    throw refusal;
  }
  const self = {};
  let bytes = 0;
  try {
    bodiesBeingRead.see(self);
    for await (const chunk of untilCut(stallLimited(chunksOf(request.body), times), times)) {
      bodiesBeingRead.see(self);
      bytes += chunk.length;
      if (bytes > bytesMaximum) throw tooLarge(bytesMaximum);
      yield chunk;
    }
  } finally {
    bodiesBeingRead.remove(self);
  }
}

/** Why a body is not even begun, or null. */
function refusalUnread(headers: Headers, bytesMaximum: number): ServiceError | null {
  if (isEncoded(headers)) {
    // RFC 7694 §3 asks for the header, so that a client may do it right by itself.
    return new ServiceError("unsupported_media_type", "Send the body as it is, without a Content-Encoding.", {
      headers: { "Accept-Encoding": "identity" },
    });
  }
  if ((contentLengthOf(headers) ?? 0) > bytesMaximum) return tooLarge(bytesMaximum);
  if (bodiesBeingRead.size < bodiesMaximum) return null;
  return rateLimited("Too many requests are being read at this moment. Send this one again a little later.");
}

/** Nothing is unpacked here: a kilobyte could become a gigabyte, and pictures and videos are packed already. */
function isEncoded(headers: Headers): boolean {
  const codings = (headers.get("content-encoding") ?? "").split(",").map((coding) => coding.trim().toLowerCase());
  return !codings.every((coding) => coding === "" || coding === "identity");
}

/** What was announced, or null when nothing usable was. */
export function contentLengthOf(headers: Headers): number | null {
  const text = headers.get("content-length");
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

/** As much as most small bodies have; it doubles. */
const wholeBytesAtFirst = 4_096;

/** A whole body that is known to be small, however small the chunks it comes in. */
export async function readBody(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  let memory = new Uint8Array(wholeBytesAtFirst);
  let length = 0;
  for await (const chunk of chunks) {
    const needed = length + chunk.length;
    if (needed > memory.length) {
      const grown = new Uint8Array(Math.max(needed, 2 * memory.length));
      grown.set(memory.subarray(0, length));
      memory = grown;
    }
    memory.set(chunk, length);
    length = needed;
  }
  return memory.subarray(0, length);
}

async function* untilCut(
  chunks: AsyncGenerator<Uint8Array, void>,
  times: StallLimits,
): AsyncGenerator<Uint8Array, void> {
  try {
    for (;;) {
      const next = await chunks.next().catch((cause: unknown) => {
        throw new ServiceError("invalid_input", cause instanceof StalledError ? tooLate(times) : cutOff, { cause });
      });
      if (next.done) return;
      yield next.value;
    }
  } finally {
    await chunks.return();
  }
}

const cutOff = "The request was cut off before its end.";

/** As `invalid_input`, like any body whose end does not come: only the client knows whether it would have. */
function tooLate({ stallMaximumMs, totalMaximumMs }: StallLimits): string {
  const minutes = totalMaximumMs / 60_000;
  return `The request was given up before its end: it may pause for ${stallMaximumMs / 1_000} seconds at most ` +
    `and take ${minutes} ${minutes === 1 ? "minute" : "minutes"} in all.`;
}

function tooLarge(bytesMaximum: number): ServiceError {
  return new ServiceError("payload_too_large", `The request is longer than ${formatBytes(bytesMaximum)}.`);
}

/** Decimal units, as limits are given: `20 MB`, `64 kB`. */
export function formatBytes(bytes: number): string {
  return bytes >= 1_000_000 ? `${Math.floor(bytes / 1_000_000)} MB` : `${Math.floor(bytes / 1_000)} kB`;
}
