/**
 * Of the processes that share a folder, one makes a task: the one whose lock file is there. Its time is renewed every few
 * seconds; when it is old, or its process is gone from this machine, another process takes the task over.
 *
 * Whoever was silent for too long (a laptop that slept) finds its lock gone before it writes or sends anything more.
 */
import { z } from "zod";
import type { TaskLock } from "./direct-store.ts";
import { type FileSystem, hasCode, unlessMissing } from "./file-system.ts";

const beatMs = 5_000;

/** Six beats: a process that is merely busy is not taken for dead. */
export const staleMs = 30_000;

const holderSchema = z.object({ token: z.string(), host: z.string().nullable(), pid: z.number() });

type Holder = z.infer<typeof holderSchema>;

/** @returns null while another one holds it */
export async function lockTask(system: FileSystem, place: string): Promise<TaskLock | null> {
  const { files, path, process } = system;
  const holder: Holder = { token: crypto.randomUUID(), host: hostName(system), pid: process.pid };
  await files.mkdir(path.dirname(place), { recursive: true });
  const text = JSON.stringify(holder);
  if (!await create(system, place, text)) {
    if (!await removeStale(system, place) || !await create(system, place, text)) return null;
  }
  return held(system, place, holder.token);
}

/** @returns false when it is there already */
async function create({ files }: FileSystem, place: string, text: string): Promise<boolean> {
  try {
    await files.writeFile(place, text, { flag: "wx" });
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    throw error;
  }
}

function held({ files, timers }: FileSystem, place: string, token: string): TaskLock {
  const isHeld = async () => (await readHolder(files, place))?.token === token;
  const beat = async () => {
    const now = new Date();
    // Not for whoever has taken the task over.
    if (await isHeld()) await files.utimes(place, now, now);
  };
  // A beat that fails is followed by others; a lock that gets none is another's soon, which each save notices.
  const beats = timers.setInterval(() => void beat().catch(() => {}), beatMs);
  beats.unref();
  return {
    isHeld,
    async release() {
      timers.clearInterval(beats);
      if (await isHeld()) await files.rm(place, { force: true });
    },
  };
}

/** @returns whether there is none any more */
async function removeStale(system: FileSystem, place: string): Promise<boolean> {
  const { files } = system;
  const stat = await unlessMissing(files.stat(place));
  if (!stat) return true;
  const holder = await readHolder(files, place);
  if (Date.now() - stat.mtimeMs < staleMs && !(holder && isGone(system, holder))) return false;
  const aside = `${place}.${crypto.randomUUID()}`;
  if (await unlessMissing(files.rename(place, aside).then(() => true)) === null) return true;
  // Another process may have been faster, and this is its lock.
  const isSame = (await readHolder(files, aside))?.token === holder?.token;
  if (!isSame) await create(system, place, await files.readFile(aside, "utf8"));
  await files.rm(aside, { force: true });
  return isSame;
}

async function readHolder(files: FileSystem["files"], place: string): Promise<Holder | null> {
  const text = await unlessMissing(files.readFile(place, "utf8"));
  try {
    return text === null ? null : holderSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Known only of processes of this machine. One with our own number may be ourselves. */
function isGone(system: FileSystem, { host, pid }: Holder): boolean {
  if (host === null || host !== hostName(system) || pid === system.process.pid) return false;
  try {
    system.process.kill(pid, 0);
    return false;
  } catch (error) {
    // Without the permission to ask, nothing is known.
    return hasCode(error, "ESRCH");
  }
}

/** Null where this process may not know it (Deno without `--allow-sys`). */
function hostName({ os }: FileSystem): string | null {
  try {
    return os.hostname();
  } catch {
    return null;
  }
}
