/** A finished clip on its way from the upstream into R2: streamed, then verified before anybody calls it a success. */
import { consoleLog, type Log } from "../log.ts";
import type { Bucket } from "../storage/bucket.ts";
import { chunksOf } from "../storage/chunks.ts";
import { stallLimited } from "../storage/stall-limited.ts";
import { storeStream } from "../storage/store-stream.ts";
import { rangedSourceOf } from "../storage/task-files.ts";
import { failed, type Outcome, succeeded } from "../upstream/outcome.ts";
import type { OpenedClip } from "../veo/model.ts";
import { readVideoFacts } from "./facts.ts";

export interface ClipToStore {
  readonly open: () => Promise<Outcome<OpenedClip>>;
  readonly bucket: Bucket;
  /** Where it goes. */
  readonly key: string;
  /** The name a browser saves it under. */
  readonly fileName: string;
  /** For the operator's log. */
  readonly taskId: string;
  readonly log?: Log;
}

const downloadLimits = {
  /** Google's storage does not pause for long; half a minute without a byte is a dead connection. */
  stallMaximumMs: 30_000,
  /** Cloudflare ends an alarm after 15 minutes. 100 MB at 1.7 Mbit/s take eight; the next try may be faster. */
  totalMaximumMs: 480_000,
};

/** A clip of 8 s has a few MB, 4k ones some tens; what is larger by far is not a clip. */
const clipBytesMaximum = 500_000_000;

/** What stands in R2. Seconds, pixels. */
export interface StoredClip {
  readonly key: string;
  readonly bytes: number;
  readonly width: number;
  readonly height: number;
  readonly duration_seconds: number;
}

/**
 * Copies the clip into R2 and reads it back as the MP4 it should be. One that is there already, because the process died
 * before that was noted, is not fetched again.
 *
 * @returns where it stands and what it is; the fault `interrupted` or `malformed` when it arrived incomplete, and then
 *   nothing of it is left in R2
 */
export async function storeClip(clip: ClipToStore): Promise<Outcome<StoredClip>> {
  const { bucket, key } = clip;
  const found = await bucket.head(key);
  const stored = found && await readBack(bucket, key, found.size);
  return stored ? succeeded(stored) : await fetchClip(clip);
}

async function fetchClip(
  { open, bucket, key, fileName, taskId, log = consoleLog }: ClipToStore,
): Promise<Outcome<StoredClip>> {
  const opened = await open();
  if (!opened.ok) return opened;
  let stored: { bytes: number };
  try {
    stored = await storeStream(bucket, key, stallLimited(chunksOf(opened.value.body), downloadLimits), {
      httpMetadata: { contentType: "video/mp4", contentDisposition: `inline; filename="${fileName}"` },
      bytesMaximum: clipBytesMaximum,
    });
  } catch (error) {
    log.failure("clip_not_stored", error, { task_id: taskId });
    return failed("interrupted", "the clip stopped in the middle of its way");
  }
  const announced = opened.value.bytes;
  if (announced !== null && announced !== stored.bytes) {
    await bucket.delete(key);
    return failed("interrupted", `the clip has ${stored.bytes} bytes, ${announced} were announced`);
  }
  const clip = await readBack(bucket, key, stored.bytes);
  if (clip) return succeeded(clip);
  await bucket.delete(key);
  return failed("malformed", "what arrived as the clip is not a playable MP4");
}

/** @returns null when it is not a whole MP4 */
async function readBack(bucket: Bucket, key: string, bytes: number): Promise<StoredClip | null> {
  const read = await readVideoFacts(rangedSourceOf(bucket, key, bytes));
  if (!read.ok || read.facts.content_type !== "video/mp4") return null;
  const { width, height, duration_seconds } = read.facts;
  return { key, bytes, width, height, duration_seconds };
}
