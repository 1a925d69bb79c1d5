/**
 * Tasks and files in a folder, so that a process that died goes on where it was: `tasks/{task_id}.json` beside
 * `media/{…}/video.mp4`. Nothing in it is deleted by itself.
 */
import { type TaskState, taskStateSchema } from "../../task/state.ts";
import { Veo31Error } from "../errors.ts";
import type { DirectStore } from "./direct-store.ts";
import { openFileSystem, unlessMissing, writeWhole } from "./file-system.ts";
import { FolderBucket } from "./folder-bucket.ts";
import { lockTask } from "./folder-lock.ts";

/** @throws Veo31Error where there is no file system */
export async function openFolderStore(directory: string): Promise<DirectStore> {
  const system = await openFileSystem().catch((cause: unknown) => {
    throw new Veo31Error("There is no file system here. Leave `directory` out to work in memory.", { cause });
  });
  const { files, path, url } = system;
  const root = path.resolve(directory);
  const bucket = new FolderBucket(system, root);
  const taskPath = (taskId: string) => path.join(root, "tasks", `${taskId}.json`);
  return {
    bucket,
    addressOf: (key) => url.pathToFileURL(bucket.pathOf(key)).href,
    async load(taskId) {
      const text = await unlessMissing(files.readFile(taskPath(taskId), "utf8"));
      return text === null ? null : readState(text, taskId);
    },
    async save(state) {
      const text = `${JSON.stringify(state, null, 2)}\n`;
      await writeWhole(system, taskPath(state.task_id), new TextEncoder().encode(text));
    },
    remove: (taskId) => files.rm(taskPath(taskId), { force: true }),
    lock: (taskId) => lockTask(system, path.join(root, "tasks", `${taskId}.lock`)),
  };
}

function readState(text: string, taskId: string): TaskState {
  try {
    return taskStateSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new Veo31Error(`What is stored of the task ${taskId} cannot be read by this version.`, { cause });
  }
}
