/** Where this process keeps tasks and their files. */
import type { Bucket } from "../../storage/bucket.ts";
import type { TaskState } from "../../task/state.ts";

export interface DirectStore {
  readonly bucket: Bucket;
  /** Where the file of a key is, as a URL. */
  addressOf(key: string): string;
  /** @throws Error when what is stored cannot be read */
  load(taskId: string): Promise<TaskState | null>;
  /** It survives the process from then on, as far as the store does. All of it is written, or nothing. */
  save(state: TaskState): Promise<void>;
  remove(taskId: string): Promise<void>;
  /** Lets this one make the task; null while another one does. */
  lock(taskId: string): Promise<TaskLock | null>;
}

export interface TaskLock {
  /** Whether nobody took it, because this process was silent for too long. */
  isHeld(): Promise<boolean>;
  release(): Promise<void>;
}
