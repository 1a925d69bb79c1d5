/** Counts a stream that is not kept, and keeps its beginning and its end. */
import { readChunks } from "./read-chunks.ts";
import type { SampledBytes } from "./sampled-bytes.ts";

/** Enough for a WebM's header, and for the `moov` box of a short clip, whichever end it is at. */
const headBytesMaximum = 64 * 1024;
const tailBytesMaximum = 128 * 1024;

/** @param before what came earlier, when the stream goes on with a file */
export async function sampleStream(
  stream: ReadableStream<Uint8Array> | null,
  before: SampledBytes,
): Promise<SampledBytes> {
  let { length, head, tail } = before;
  for await (const chunk of readChunks(stream)) {
    length += chunk.byteLength;
    const toHead = chunk.subarray(0, headBytesMaximum - head.byteLength);
    if (toHead.byteLength > 0) head = join(head, toHead);
    if (chunk.byteLength > toHead.byteLength) {
      tail = join(tail, chunk.subarray(toHead.byteLength)).slice(-tailBytesMaximum);
    }
  }
  return { length, head, tail };
}

function join(first: Uint8Array, second: Uint8Array): Uint8Array {
  const joined = new Uint8Array(first.byteLength + second.byteLength);
  joined.set(first);
  joined.set(second, first.byteLength);
  return joined;
}
