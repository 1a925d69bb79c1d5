/** A finished file on its way into R2: streamed, then read back before anybody calls it a success. */
import type { Bucket } from "../../storage/bucket.ts";
import { type Body, storeStream } from "../../storage/store-stream.ts";
import { rangedSourceOf } from "../../storage/task-files.ts";
import { failed, type Outcome, succeeded } from "../../upstream/outcome.ts";
import { readVideoFacts, type VideoFacts } from "../facts.ts";

export interface FinishedFile {
  readonly key: string;
  readonly bytes: number;
  /** As a person sees it, pixels. */
  readonly width: number;
  readonly height: number;
  readonly duration_seconds: number;
}

export interface FileToStore {
  readonly key: string;
  readonly body: Body;
  /** The name a browser saves it under. */
  readonly fileName: string;
  readonly customMetadata?: Record<string, string>;
  /** How long it will be, when that is known; it is refused when it is not. */
  readonly bytesExpected?: number;
}

/** A minute of 1080p has some 60 MB, of 4k some hundreds; what is larger by far is not a finished video. */
const bytesMaximum = 2_000_000_000;

/**
 * @returns how many bytes it has; nothing is left under the key when it fails
 * @throws what the body or R2 fails with
 */
export async function storeFile(bucket: Bucket, file: FileToStore): Promise<number> {
  const { key, body, fileName, customMetadata, bytesExpected } = file;
  const { bytes } = await storeStream(bucket, key, body, {
    httpMetadata: { contentType: "video/mp4", contentDisposition: `inline; filename="${fileName}"` },
    ...(customMetadata && { customMetadata }),
    bytesMaximum,
    bytesExpected: bytesExpected ?? null,
  });
  if (bytesExpected === undefined || bytes === bytesExpected) return bytes;
  await bucket.delete(key);
  throw new Error(`A finished file has ${bytes} bytes instead of ${bytesExpected}.`);
}

/** @returns what a stored file is, or the fault `invalid_request` when it is no playable MP4 */
export async function factsOf(bucket: Bucket, key: string, bytes: number): Promise<Outcome<VideoFacts>> {
  const read = await readVideoFacts(rangedSourceOf(bucket, key, bytes));
  if (read.ok && read.facts.content_type === "video/mp4") return succeeded(read.facts);
  return failed("invalid_request", "a video that is to be finished is not a playable MP4");
}

/**
 * @param durationSeconds from the frames; what mediabunny tells counts those too that the edit list hides
 * @returns the file as it is told to the user; a file that is no playable MP4 is the fault `invalid_request`
 */
export async function describeFile(
  bucket: Bucket,
  file: { readonly key: string; readonly bytes: number },
  durationSeconds: number,
): Promise<Outcome<FinishedFile>> {
  const facts = await factsOf(bucket, file.key, file.bytes);
  if (!facts.ok) return facts;
  const { width, height } = facts.value;
  return succeeded({ key: file.key, bytes: file.bytes, width, height, duration_seconds: durationSeconds });
}
