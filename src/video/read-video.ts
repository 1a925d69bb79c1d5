/** Reads a stored video with mediabunny, by ranges and within bounds: the file is a stranger's. */
import { CustomSource, Input, Logging, LogLevel, MP4, QTFF, WEBM } from "mediabunny";
import type { RangedSource } from "../storage/task-files.ts";
import { checkReads } from "./check-reads.ts";
import { endsInTheMiddle } from "./ends-in-the-middle.ts";

// It would warn of what is odd in a stranger's file, in a stranger's letters, as often as it is in it.
Logging.level = LogLevel.Silent;

/**
 * The most that is read at once, 16 MiB: the index of an hour of video is 2 MB, and a file that claims a longer one
 * must not fill the isolate's memory.
 */
const readBytesMaximum = 16 * 1_024 * 1_024;

/**
 * How often mediabunny may ask, also for what is at hand. Some damaged WebMs send it round in circles; a keyframe in each
 * of 5,000 clusters takes 20,000 questions.
 */
const questionsMaximum = 50_000;

export interface ReadingLimits {
  /** How often the source is read; each is a request to R2, of which an invocation may make only so many. */
  readonly readsMaximum: number;
  /** How much is read at once at least, so that what lies close together is one request. */
  readonly readAheadBytes: number;
}

export type VideoReading<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly why: "cut_off" | "damaged" };

/**
 * Opens a video for `read`, which may throw at whatever it finds.
 *
 * @returns what `read` returns
 * @throws only what `source.read` throws; a video that cannot be read is a returned reason
 */
export async function readVideo<Value>(
  source: RangedSource,
  limits: ReadingLimits,
  read: (input: Input) => Promise<Value>,
): Promise<VideoReading<Value>> {
  const failure: { cause?: unknown } = {};
  const reading = await attempt(readAhead(guardReads(source, limits, failure), limits.readAheadBytes), read);
  if ("cause" in failure) throw failure.cause;
  return reading;
}

/** mediabunny throws plain errors for whatever it cannot parse. */
async function attempt<Value>(
  source: RangedSource,
  read: (input: Input) => Promise<Value>,
): Promise<VideoReading<Value>> {
  try {
    if (await endsInTheMiddle(source)) return { ok: false, why: "cut_off" };
    using input = openInput(source);
    return { ok: true, value: await read(input) };
  } catch {
    return { ok: false, why: "damaged" };
  }
}

/** Bounds what is read, and remembers a failure of the source, so that it is not taken for a damaged video. */
function guardReads(
  source: RangedSource,
  { readsMaximum }: ReadingLimits,
  failure: { cause?: unknown },
): RangedSource {
  let reads = 0;
  return {
    bytes: source.bytes,
    async read(start, end) {
      if (end - start > readBytesMaximum) throw new RangeError("The index is longer than any real one.");
      if (++reads > readsMaximum) throw new RangeError("The video is in more pieces than any real one.");
      try {
        return await source.read(start, end);
      } catch (error) {
        failure.cause = error;
        throw error;
      }
    },
  };
}

/** Keeps what was read last. What it hands out are copies, so that nobody holds on to the whole. */
function readAhead(source: RangedSource, bytes: number): RangedSource {
  let kept = { start: 0, content: new Uint8Array() };
  let questions = 0;
  return {
    bytes: source.bytes,
    async read(start, end) {
      if (++questions > questionsMaximum) throw new RangeError("The video is read in circles.");
      if (end - start > bytes) return await source.read(start, end);
      if (start < kept.start || end > kept.start + kept.content.length) {
        const content = await source.read(start, Math.min(start + bytes, source.bytes));
        kept = { start, content: new Uint8Array(content) };
        return kept.content.slice(0, end - start);
      }
      return kept.content.slice(start - kept.start, end - kept.start);
    },
  };
}

function openInput(source: RangedSource): Input {
  const { bytes, read } = checkReads(source);
  return new Input({
    formats: [MP4, QTFF, WEBM],
    source: new CustomSource({
      getSize: () => bytes,
      read,
      // What it has in its own cache it could go through without end, unseen.
      maxCacheSize: 0,
    }),
  });
}
