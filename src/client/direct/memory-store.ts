/** Tasks and files in the memory of this process; they are gone with it. */
import type { TaskState } from "../../task/state.ts";
import type { DirectStore, TaskLock } from "./direct-store.ts";
import { MemoryBucket } from "./memory-bucket.ts";

/** Whoever else has the memory is this very process, which makes a task once. */
const lock: TaskLock = { isHeld: () => Promise.resolve(true), release: () => Promise.resolve() };

export function createMemoryStore(): DirectStore {
  const tasks = new Map<string, TaskState>();
  return {
    bucket: new MemoryBucket(),
    addressOf: (key) => `memory:${key}`,
    load: (taskId) => Promise.resolve(tasks.get(taskId) ?? null),
    save(state) {
      tasks.set(state.task_id, state);
      return Promise.resolve();
    },
    remove(taskId) {
      tasks.delete(taskId);
      return Promise.resolve();
    },
    lock: () => Promise.resolve(lock),
  };
}
