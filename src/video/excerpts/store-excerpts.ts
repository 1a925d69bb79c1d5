/**
 * Excerpts beside the video they were cut from: several clips are asked for side by side, and what is held of each while
 * it is sent would be too much for the isolate's 128 MB.
 */
import type { Bucket } from "../../storage/bucket.ts";
import { attachmentOf, mediaKey, rangedSourceOf } from "../../storage/task-files.ts";
import type { Excerpt, ExcerptLimits } from "../../veo/model.ts";
import { cutExcerpts } from "./cut-excerpts.ts";
import type { Stretch } from "./stretch.ts";

export interface ExcerptPlace {
  readonly bucket: Bucket;
  readonly mediaSecret: string;
  /** The clip they are for, from 1. */
  readonly segment: number;
}

/** The stored reference video. */
export interface StoredReference {
  readonly key: string;
  readonly bytes: number;
  readonly content_type: string;
}

/**
 * @param beats see {@link cutExcerpts}
 * @returns the excerpts, each read anew from R2 when it is sent
 * @throws what R2 fails with
 */
export async function storeExcerpts(
  { key, bytes, content_type }: StoredReference,
  beats: readonly Stretch[],
  limits: ExcerptLimits,
  { bucket, mediaSecret, segment }: ExcerptPlace,
): Promise<Excerpt[]> {
  const excerpts = await cutExcerpts({ ...rangedSourceOf(bucket, key, bytes), content_type }, beats, limits);
  return await Promise.all(excerpts.map(async ({ attachment, ...where }, index) => {
    const extension = attachment.contentType === "video/webm" ? "webm" : "mp4";
    const stored = {
      key: mediaKey(mediaSecret, `excerpt-${segment}-${index + 1}.${extension}`),
      content_type: attachment.contentType,
      bytes: attachment.bytes,
    };
    const content = await new Response(await attachment.open()).arrayBuffer();
    await bucket.put(stored.key, content, { httpMetadata: { contentType: attachment.contentType } });
    return { ...where, attachment: attachmentOf(bucket, stored) };
  }));
}
