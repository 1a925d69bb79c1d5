/** One reference on its way into R2: told by its first bytes, looked at while it passes, undone if it is of no use. */
import type { FieldProblem } from "../errors.ts";
import type { Bucket } from "../storage/bucket.ts";
import type { PartBuffer } from "../storage/part-buffer.ts";
import { BodyTooLargeError, type StoredObject, storeStream } from "../storage/store-stream.ts";
import { rangedSourceOf } from "../storage/task-files.ts";
import { readVideoFacts } from "../video/facts.ts";
import { createImageInspector, type ImageContentType, type ImageInspection } from "./image/inspector.ts";
import { imageBytesMaximum, videoBytesMaximum } from "./limits.ts";
import { peek } from "./peek.ts";
import { Refusal } from "./refusal.ts";
import { formatBytes } from "./request-body.ts";
import type { StoredImage, StoredVideo } from "./schema.ts";
import { sniffBytes, sniffImage, sniffVideo } from "./sniff.ts";

/** Where the references of one task go. */
export interface ReferenceStore {
  readonly bucket: Bucket;
  /** The task's folder, with its slash at the end: `mediaPrefix(…)` of `storage/task-files.ts`. */
  readonly prefix: string;
  /** Is called before anything is stored, so that somebody looks after it; for each file. */
  readonly announce?: () => Promise<void>;
  /** Sees what comes in a field while it is stored. */
  readonly watch?: (field: string, chunks: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>;
}

export interface IncomingReference {
  /** The field's name as the client sent it; problems and the stored reference carry it. */
  readonly field: string;
  /** The object's name in the task's folder, without an ending: it follows from the content. */
  readonly name: string;
  readonly body: AsyncIterable<Uint8Array>;
  /** The Content-Type it came with; a claim, see `sniff.ts`. */
  readonly declared: string | null;
  readonly bytesExpected?: number | null;
  readonly buffer?: PartBuffer;
}

export type StoredReference<Stored> =
  | { readonly ok: true; readonly value: Stored }
  | { readonly ok: false; readonly problem: FieldProblem };

const endings = {
  "image/jpeg": "jpg",
  "image/png": "png",
  "image/webp": "webp",
  "video/mp4": "mp4",
  "video/quicktime": "mov",
  "video/webm": "webm",
} as const;

/**
 * Stores a picture and tells what it is. When it is refused, nothing of it is left in the bucket, and what was not read
 * of its body is left to the caller.
 *
 * @throws what the body or R2 fails with
 */
export function storeImage(incoming: IncomingReference, store: ReferenceStore): Promise<StoredReference<StoredImage>> {
  return asProblem(incoming.field, imageBytesMaximum, async () => {
    const { head, whole } = await peek(incoming.body, sniffBytes);
    const contentType = sniffImage(head, incoming.declared);
    const seen: { layout?: Extract<ImageInspection, { ok: true }> } = {};
    const inspected = inspect(whole, contentType, (layout) => (seen.layout = layout));
    const { key, stored } = await put(incoming, store, {
      contentType,
      body: inspected,
      bytesMaximum: imageBytesMaximum,
    });
    if (!seen.layout) throw new Error("A picture was stored without having been looked at.");
    const { ok: _, ...layout } = seen.layout;
    return { field: incoming.field, key, bytes: stored.bytes, ...layout };
  });
}

/** Like {@link storeImage}, for a video. Its index may be at its end, so it is stored first and read then. */
export function storeVideo(incoming: IncomingReference, store: ReferenceStore): Promise<StoredReference<StoredVideo>> {
  return asProblem(incoming.field, videoBytesMaximum, async () => {
    const { head, whole } = await peek(incoming.body, sniffBytes);
    const contentType = sniffVideo(head, incoming.declared);
    const { key, stored } = await put(incoming, store, { contentType, body: whole, bytesMaximum: videoBytesMaximum });
    const video = await readVideoFacts(rangedSourceOf(store.bucket, key, stored.bytes));
    if (!video.ok) {
      await store.bucket.delete(key);
      throw new Refusal(video.code, video.message);
    }
    const { width, height, duration_seconds } = video.facts;
    const shape = { width, height, duration_seconds };
    return { field: incoming.field, key, content_type: contentType, bytes: stored.bytes, ...shape };
  });
}

/** The chunks as they are, looked at in passing; a refusal stops them before the last of them is stored. */
async function* inspect(
  chunks: AsyncIterable<Uint8Array>,
  contentType: ImageContentType,
  onLayout: (layout: Extract<ImageInspection, { ok: true }>) => void,
): AsyncGenerator<Uint8Array, void> {
  const inspector = createImageInspector(contentType);
  for await (const chunk of chunks) {
    const refusal = inspector.push(chunk);
    if (refusal) throw new Refusal(refusal.code, refusal.message);
    yield chunk;
  }
  const inspection = inspector.end();
  if (!inspection.ok) throw new Refusal(inspection.code, inspection.message);
  onLayout(inspection);
}

interface Content {
  readonly contentType: keyof typeof endings;
  readonly body: AsyncIterable<Uint8Array>;
  readonly bytesMaximum: number;
}

async function put(
  incoming: IncomingReference,
  store: ReferenceStore,
  { contentType, body, bytesMaximum }: Content,
): Promise<{ key: string; stored: StoredObject }> {
  const key = `${store.prefix}${incoming.name}.${endings[contentType]}`;
  const seen = store.watch?.(incoming.field, body) ?? body;
  const stored = await storeStream(store.bucket, key, seen, {
    httpMetadata: { contentType },
    bytesMaximum,
    beforeStored: async () => await store.announce?.(),
    bytesExpected: incoming.bytesExpected ?? null,
    ...(incoming.buffer ? { buffer: incoming.buffer } : {}),
  });
  return { key, stored };
}

async function asProblem<Stored>(
  field: string,
  bytesMaximum: number,
  take: () => Promise<Stored>,
): Promise<StoredReference<Stored>> {
  try {
    return { ok: true, value: await take() };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, problem: error.ofField(field) };
    if (error instanceof BodyTooLargeError) return { ok: false, problem: tooLarge(bytesMaximum).ofField(field) };
    throw error;
  }
}

/** @param bytesMaximum what would have been taken */
export function tooLarge(bytesMaximum: number): Refusal {
  return new Refusal("payload_too_large", `The file is longer than ${formatBytes(bytesMaximum)}.`);
}
