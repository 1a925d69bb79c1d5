/** The bytes of a finished file, as they come out of R2. */
import type { Bucket } from "../../storage/bucket.ts";
import { chunksOf } from "../../storage/chunks.ts";
import { stallLimited } from "../../storage/stall-limited.ts";
import { FileGoneError } from "../../storage/task-files.ts";
import type { ByteRun } from "./byte-runs.ts";
import type { Layout } from "./lay-out.ts";

const readLimits = {
  /** R2 does not pause for long; half a minute without a byte is a dead connection. */
  stallMaximumMs: 30_000,
  /** A clip has some ten MB and is written on as it is read; with nine of them an alarm still ends in its 15 minutes. */
  totalMaximumMs: 60_000,
};

/**
 * The head, then the media. A chunk is valid only until the next one is asked for.
 *
 * @throws {FileGoneError} when a clip is no longer in the bucket; or what R2 fails with
 */
export async function* streamLayout(bucket: Bucket, { head, media }: Layout): AsyncGenerator<Uint8Array, void> {
  yield head;
  for (const { file, runs } of media) yield* streamRuns(bucket, file.key, runs);
}

/**
 * One read for all runs of a clip, what lies between them is skipped: an invocation may make only so many requests to
 * R2, and a clip has a run for each frame where its sound is not kept.
 */
async function* streamRuns(
  bucket: Bucket,
  key: string,
  runs: readonly ByteRun[],
): AsyncGenerator<Uint8Array, void> {
  const start = runs[0]?.start ?? 0;
  const end = runs.at(-1)?.end ?? 0;
  if (end === start) return;
  const object = await bucket.get(key, { range: { offset: start, length: end - start } });
  if (!object) throw new FileGoneError();
  let at = start;
  let index = 0;
  for await (const chunk of stallLimited(chunksOf(object.body), readLimits)) {
    const chunkEnd = at + chunk.length;
    for (let run = runs[index]; run && run.start < chunkEnd; run = runs[++index]) {
      const [from, to] = [Math.max(run.start, at), Math.min(run.end, chunkEnd)];
      if (from < to) yield chunk.subarray(from - at, to - at);
      if (run.end > chunkEnd) break;
    }
    at = chunkEnd;
  }
  if (at !== end) throw new Error("R2 gave fewer bytes of a clip than it has.");
}
