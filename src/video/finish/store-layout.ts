/** Writes what was laid out. */
import type { Bucket } from "../../storage/bucket.ts";
import type { Outcome } from "../../upstream/outcome.ts";
import { describeFile, type FinishedFile, storeFile } from "./finished-file.ts";
import type { Layout } from "./lay-out.ts";
import { streamLayout } from "./stream-layout.ts";

export interface PlaceToStore {
  readonly key: string;
  /** The name a browser saves it under. */
  readonly fileName: string;
  readonly customMetadata?: Record<string, string>;
}

/**
 * @returns the file; the fault `invalid_request` when it cannot be read back, and then it is not left in R2
 * @throws {FileGoneError} when a clip is no longer in the bucket; or what R2 fails with
 */
export async function storeLayout(
  bucket: Bucket,
  layout: Layout,
  place: PlaceToStore,
): Promise<Outcome<FinishedFile>> {
  const body = streamLayout(bucket, layout);
  const bytes = await storeFile(bucket, { ...place, body, bytesExpected: layout.bytes });
  const file = await describeFile(bucket, { key: place.key, bytes }, layout.durationSeconds);
  if (!file.ok) await bucket.delete(place.key);
  return file;
}
