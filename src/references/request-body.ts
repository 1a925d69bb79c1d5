/** A request's body, read with a limit that does not depend on what the client announces. */
import { ServiceError } from "../errors.ts";
import { chunksOf } from "../storage/chunks.ts";

/**
 * The chunks of a request's body. A chunk is valid only until the next one is asked for.
 *
 * @param bytesMaximum checked against Content-Length at once and against what arrives
 * @throws {ServiceError} `payload_too_large`, or `invalid_input` when the client stops in the middle
 */
export async function* bodyChunksOf(request: Request, bytesMaximum: number): AsyncGenerator<Uint8Array, void> {
  if ((contentLengthOf(request.headers) ?? 0) > bytesMaximum) throw tooLarge(bytesMaximum);
  if (!request.body) return;
  let bytes = 0;
  for await (const chunk of untilCut(chunksOf(request.body))) {
    bytes += chunk.length;
    if (bytes > bytesMaximum) throw tooLarge(bytesMaximum);
    yield chunk;
  }
}

/** What was announced, or null when nothing usable was. */
export function contentLengthOf(headers: Headers): number | null {
  const text = headers.get("content-length");
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

/** A whole body that is known to be small. */
export async function readBody(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const copies: Uint8Array[] = [];
  for await (const chunk of chunks) copies.push(chunk.slice());
  return new Uint8Array(await new Blob(copies).arrayBuffer());
}

async function* untilCut(chunks: AsyncGenerator<Uint8Array, void>): AsyncGenerator<Uint8Array, void> {
  try {
    for (;;) {
      const next = await chunks.next().catch((cause: unknown) => {
        throw new ServiceError("invalid_input", "The request was cut off before its end.", { cause });
      });
      if (next.done) return;
      yield next.value;
    }
  } finally {
    await chunks.return();
  }
}

function tooLarge(bytesMaximum: number): ServiceError {
  return new ServiceError("payload_too_large", `The request is longer than ${formatBytes(bytesMaximum)}.`);
}

/** Decimal units, as limits are given: `20 MB`, `64 kB`. */
export function formatBytes(bytes: number): string {
  return bytes >= 1_000_000 ? `${Math.floor(bytes / 1_000_000)} MB` : `${Math.floor(bytes / 1_000)} kB`;
}
