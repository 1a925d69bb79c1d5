/** Where the files of a request go before it is known whether a task starts with them. */
import { logFailure } from "../log.ts";
import type { ReferenceStore } from "../references/store-reference.ts";
import { deletePrefix, mediaPrefix } from "../storage/task-files.ts";
import { digested } from "./fingerprint.ts";
import type { TaskObject } from "./object.ts";

export interface FilesOf {
  readonly task_id: string;
  readonly media_secret: string;
}

/**
 * The folder of a task that may never start. Its object is told before the first file is stored: should this Worker die in
 * the middle, the object removes them.
 */
export class ExpectedFiles implements ReferenceStore {
  readonly bucket: R2Bucket;
  readonly prefix: string;
  /** What came in each file field, as a digest. */
  readonly contents = new Map<string, string>();
  readonly #task: () => DurableObjectStub<TaskObject>;
  readonly #files: FilesOf;
  readonly #isCompared: boolean;
  #announced: Promise<void> | null = null;

  /** @param isCompared whether the contents are of use: their digests cost time */
  constructor({ BUCKET, TASKS }: Env, files: FilesOf, isCompared: boolean) {
    this.bucket = BUCKET;
    this.prefix = mediaPrefix(files.media_secret);
    this.#task = () => TASKS.getByName(files.task_id);
    this.#files = files;
    this.#isCompared = isCompared;
  }

  announce(): Promise<void> {
    return this.#announced ??= this.#task().expect(this.#files.media_secret);
  }

  watch(field: string, chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
    return this.#isCompared ? digested(chunks, (digest) => this.contents.set(field, digest)) : chunks;
  }

  /** Nothing of the request stays, unless its task has started with it. What fails here, the task's object does later. */
  async remove(): Promise<void> {
    if (!this.#announced) return;
    try {
      await this.#announced;
      if (await this.#task().forsake(this.#files.media_secret)) await deletePrefix(this.bucket, this.prefix);
    } catch (error) {
      logFailure("files_not_deleted", error, { task_id: this.#files.task_id });
    }
  }
}
