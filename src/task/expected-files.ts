/** Where the files of a request go before it is known whether a task starts with them. */
import { logFailure } from "../log.ts";
import type { ReferenceStore } from "../references/store-reference.ts";
import { deletePrefix, mediaPrefix } from "../storage/task-files.ts";
import type { TaskObject } from "./object.ts";
import type { TaskIdentity } from "./start-of.ts";

/**
 * The folder of a task that may never start. Its object is told before the first file is stored: should this Worker die in
 * the middle, the object removes them.
 */
export class ExpectedFiles implements ReferenceStore {
  readonly bucket: R2Bucket;
  readonly prefix: string;
  readonly #task: () => DurableObjectStub<TaskObject>;
  readonly #identity: TaskIdentity;
  #announced: Promise<void> | null = null;

  constructor({ BUCKET, TASKS }: Env, identity: TaskIdentity) {
    this.bucket = BUCKET;
    this.prefix = mediaPrefix(identity.media_secret);
    this.#task = () => TASKS.getByName(identity.task_id);
    this.#identity = identity;
  }

  announce(): Promise<void> {
    const { task_id, media_secret } = this.#identity;
    return this.#announced ??= this.#task().expect(task_id, media_secret);
  }

  /** Nothing of the request stays, unless its task has started all the same. What fails here, the task's object does later. */
  async remove(): Promise<void> {
    if (!this.#announced) return;
    try {
      await this.#announced;
      if (await this.#task().forsake()) await deletePrefix(this.bucket, this.prefix);
    } catch (error) {
      logFailure("files_not_deleted", error, { task_id: this.#identity.task_id });
    }
  }
}
