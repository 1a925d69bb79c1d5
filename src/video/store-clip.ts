/** A finished clip on its way from the upstream into R2: streamed, then verified before anybody calls it a success. */
import { logFailure } from "../log.ts";
import { chunksOf } from "../storage/chunks.ts";
import { stallLimited } from "../storage/stall-limited.ts";
import { storeStream } from "../storage/store-stream.ts";
import { rangedSourceOf } from "../storage/task-files.ts";
import { failed, type Outcome, succeeded } from "../upstream/outcome.ts";
import type { OpenedClip } from "../veo/model.ts";
import { readVideoFacts } from "./facts.ts";

export interface ClipToStore {
  readonly open: () => Promise<Outcome<OpenedClip>>;
  readonly bucket: R2Bucket;
  /** Where it goes. */
  readonly key: string;
  /** The name a browser saves it under. */
  readonly fileName: string;
  /** For the operator's log. */
  readonly taskId: string;
}

const downloadLimits = {
  /** Google's storage does not pause for long; half a minute without a byte is a dead connection. */
  stallMaximumMs: 30_000,
  /** Cloudflare ends an alarm after 15 minutes. 100 MB at 1.4 Mbit/s take ten; the next try may be faster. */
  totalMaximumMs: 600_000,
};

/** A clip of 8 s has a few MB, 4k ones some tens; what is larger by far is not a clip. */
const clipBytesMaximum = 500_000_000;

/**
 * Copies the clip into R2 and reads it back as the MP4 it should be.
 *
 * @returns where it stands and what it is; the fault `interrupted` or `malformed` when it arrived incomplete, and then
 *   nothing is left in R2
 */
export async function storeClip(
  { open, bucket, key, fileName, taskId }: ClipToStore,
): Promise<Outcome<{ key: string; bytes: number; width: number; height: number; duration_seconds: number }>> {
  const opened = await open();
  if (!opened.ok) return opened;
  let stored: { bytes: number };
  try {
    stored = await storeStream(bucket, key, stallLimited(chunksOf(opened.value.body), downloadLimits), {
      httpMetadata: { contentType: "video/mp4", contentDisposition: `inline; filename="${fileName}"` },
      bytesMaximum: clipBytesMaximum,
    });
  } catch (error) {
    logFailure("clip_not_stored", error, { task_id: taskId });
    return failed("interrupted", "the clip stopped in the middle of its way");
  }
  const announced = opened.value.bytes;
  if (announced !== null && announced !== stored.bytes) {
    await bucket.delete(key);
    return failed("interrupted", `the clip has ${stored.bytes} bytes, ${announced} were announced`);
  }
  const facts = await readVideoFacts(rangedSourceOf(bucket, key, stored.bytes));
  if (!facts.ok || facts.facts.content_type !== "video/mp4") {
    await bucket.delete(key);
    return failed("malformed", "what arrived as the clip is not a playable MP4");
  }
  const { width, height, duration_seconds } = facts.facts;
  return succeeded({ key, bytes: stored.bytes, width, height, duration_seconds });
}
