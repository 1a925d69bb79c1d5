/**
 * Where a task's files are in R2: `tasks/{task id}/{media secret}/{file}`. The secret is in every link to a file, so
 * that a link is enough to read it and the id of a task is not.
 */
import type { Attachment } from "../upstream/attachment.ts";

/** Everything a task has stored; what is deleted with it. */
export function taskPrefix(taskId: string): string {
  return `tasks/${taskId}/`;
}

/** The folder of a task's files, with its slash at the end. */
export function mediaPrefix(taskId: string, mediaSecret: string): string {
  return `${taskPrefix(taskId)}${mediaSecret}/`;
}

/** @param file a name without a slash, for example `reference_image1.jpg` */
export function mediaKey(taskId: string, mediaSecret: string, file: string): string {
  return `${mediaPrefix(taskId, mediaSecret)}${file}`;
}

/** R2 lists and deletes at most 1,000 keys at once. */
const keysAtOnce = 1_000;

/**
 * Deletes every object whose key starts with the prefix.
 *
 * @param prefix ends in a slash, so that task `1` does not take the files of task `10` with it
 */
export async function deletePrefix(bucket: R2Bucket, prefix: string, limit: number = keysAtOnce): Promise<void> {
  let cursor: string | undefined;
  do {
    const page = await bucket.list(cursor === undefined ? { prefix, limit } : { prefix, limit, cursor });
    if (page.objects.length > 0) await bucket.delete(page.objects.map((object) => object.key));
    cursor = page.truncated ? page.cursor : undefined;
  } while (cursor !== undefined);
}

/** The object of a key is gone: deleted with its task, or expired. */
export class FileGoneError extends Error {
  override readonly name = "FileGoneError";

  constructor(key: string) {
    super(`There is no object ${key} in the bucket any more.`);
  }
}

/**
 * A stored file as something that goes to an upstream.
 *
 * @throws {FileGoneError} from `open`, when the object is gone
 */
export function attachmentOf(
  bucket: R2Bucket,
  file: { readonly key: string; readonly content_type: string; readonly bytes: number },
): Attachment {
  return {
    contentType: file.content_type,
    bytes: file.bytes,
    async open() {
      const object = await bucket.get(file.key);
      if (!object) throw new FileGoneError(file.key);
      return object.body;
    },
  };
}

/** A stored file of which parts are read. */
export interface RangedSource {
  readonly bytes: number;
  /** The bytes from `start` up to but not including `end`. */
  read(start: number, end: number): Promise<Uint8Array>;
}

/** @throws {FileGoneError} from `read`, when the object is gone */
export function rangedSourceOf(bucket: R2Bucket, key: string, bytes: number): RangedSource {
  return {
    bytes,
    async read(start, end) {
      const object = await bucket.get(key, { range: { offset: start, length: end - start } });
      if (!object) throw new FileGoneError(key);
      return new Uint8Array(await object.arrayBuffer());
    },
  };
}
