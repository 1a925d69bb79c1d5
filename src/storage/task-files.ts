/**
 * Where a task's files are in R2: `media/{media secret}/{file}`. The secret is in every link to a file, so that a link is
 * enough to read it; the task's id is not in it, because who knows the id may follow the task.
 */
import type { Attachment } from "../upstream/attachment.ts";
import type { Bucket } from "./bucket.ts";

/** The folder of a task's files, with its slash at the end; what is deleted with the task. */
export function mediaPrefix(mediaSecret: string): string {
  return `media/${mediaSecret}/`;
}

/** @param file a name without a slash, for example `reference_image1.jpg` */
export function mediaKey(mediaSecret: string, file: string): string {
  return `${mediaPrefix(mediaSecret)}${file}`;
}

/** R2 lists and deletes at most 1,000 keys at once. */
const keysAtOnce = 1_000;

/**
 * Deletes every object whose key starts with the prefix.
 *
 * @param prefix ends in a slash, so that one folder does not take the files of another with it
 */
export async function deletePrefix(bucket: Bucket, prefix: string, limit: number = keysAtOnce): Promise<void> {
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

  constructor() {
    // Without the key: it holds the secret of the task's links, and errors are logged.
    super("A stored file is no longer in the bucket.");
  }
}

/**
 * A stored file as something that goes to an upstream.
 *
 * @throws {FileGoneError} from `open`, when the object is gone
 */
export function attachmentOf(
  bucket: Bucket,
  file: { readonly key: string; readonly content_type: string; readonly bytes: number },
): Attachment {
  return {
    contentType: file.content_type,
    bytes: file.bytes,
    async open() {
      const object = await bucket.get(file.key);
      if (!object) throw new FileGoneError();
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
export function rangedSourceOf(bucket: Bucket, key: string, bytes: number): RangedSource {
  return {
    bytes,
    async read(start, end) {
      const object = await bucket.get(key, { range: { offset: start, length: end - start } });
      if (!object) throw new FileGoneError();
      return new Uint8Array(await object.arrayBuffer());
    },
  };
}
