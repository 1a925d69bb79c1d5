/**
 * JSON answers that may hold a video in base64, read without holding it: a clip of 1080p is tens of MB, more as a
 * string, and the isolate has 128 MB. The answer is read once for everything but its long strings, and once more, asked
 * for anew, for the bytes of one of them.
 */
import { chunksOf } from "../storage/chunks.ts";
import { Base64Decoder, Base64Meter } from "./base64-text.ts";
import { LongStringSeparator } from "./long-string-separator.ts";

/** What is known of a string that was too long to hold. */
export interface LongString {
  /** Which of the answer's long strings it is, from 0. */
  readonly order: number;
  /** Length of what its base64 stands for. */
  readonly bytes: number;
}

/** What may remain of an answer without its long strings, in characters: operations and interactions have a few kB. */
const restMaximum = 8 * 1_024 * 1_024;

/**
 * Parses JSON from a stream; in the place of each string of more than 64 KiB stands a mark, see {@link longStringIn}.
 *
 * @throws SyntaxError like `JSON.parse`, or when too much remains; or what the stream fails with
 */
export async function parseLongJson(body: ReadableStream<Uint8Array>): Promise<unknown> {
  const separator = new LongStringSeparator();
  const decoder = new TextDecoder();
  let json = "";
  let order = 0;
  let meter = new Base64Meter();
  for await (const chunk of chunksOf(body)) {
    for (const separated of separator.scan(chunk)) {
      if (separated.kind === "long") {
        meter.add(separated.bytes);
      } else if (separated.kind === "rest") {
        json += decoder.decode(separated.bytes, { stream: true });
      } else {
        json += JSON.stringify(markOf({ order, bytes: meter.bytes }));
        order += 1;
        meter = new Base64Meter();
      }
    }
    if (json.length > restMaximum) throw new SyntaxError("The JSON is too long.");
  }
  return JSON.parse(json + decoder.decode());
}

/** Unguessable, so that no text of an upstream is taken for a mark; made at its first use, as workerd wants it. */
let markPrefix: string | null = null;

function markOf({ order, bytes }: LongString): string {
  markPrefix ??= `long-string:${crypto.randomUUID()}:`;
  return `${markPrefix}${order}:${bytes}`;
}

/** Reads the mark that {@link parseLongJson} left; null for an ordinary string. */
export function longStringIn(text: string): LongString | null {
  if (markPrefix === null || !text.startsWith(markPrefix)) return null;
  const [order = NaN, bytes = NaN] = text.slice(markPrefix.length).split(":").map(Number);
  return { order, bytes };
}

/**
 * The bytes that one of the answer's long strings stands for in base64, decoded as they come. What follows the string
 * in the answer is not read.
 *
 * @param order see {@link LongString}
 * @returns a stream that fails when there is no such string, or it is not base64, or it is cut
 */
export function openLongString(body: ReadableStream<Uint8Array>, order: number): ReadableStream<Uint8Array> {
  const decoded = decodedString(body, order);
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await decoded.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await decoded.return();
    },
  }, { highWaterMark: 0 });
}

async function* decodedString(body: ReadableStream<Uint8Array>, wanted: number): AsyncGenerator<Uint8Array, void> {
  const separator = new LongStringSeparator();
  const decoder = new Base64Decoder();
  let order = 0;
  for await (const chunk of chunksOf(body)) {
    for (const separated of separator.scan(chunk)) {
      if (separated.kind === "long" && order === wanted) {
        const bytes = decoder.add(separated.bytes);
        if (bytes.length > 0) yield bytes;
      } else if (separated.kind === "long_end" && order++ === wanted) {
        const bytes = decoder.finish();
        if (bytes.length > 0) yield bytes;
        return;
      }
    }
  }
  throw new SyntaxError("The answer ends before its long string does.");
}
