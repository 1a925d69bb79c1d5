/** The one place of the direct way that needs a file system. It is loaded only where a folder is asked for. */

/** Named one by one: what is inferred of them cannot be written into the library's declarations. */
export interface FileSystem {
  readonly files: typeof import("node:fs/promises");
  readonly path: typeof import("node:path");
  readonly url: typeof import("node:url");
  readonly os: typeof import("node:os");
  readonly process: typeof import("node:process");
  readonly timers: typeof import("node:timers");
}

/** @throws Error where there is no file system */
export async function openFileSystem(): Promise<FileSystem> {
  const [files, path, url, os, process, timers] = await Promise.all([
    import("node:fs/promises"),
    import("node:path"),
    import("node:url"),
    import("node:os"),
    import("node:process"),
    import("node:timers"),
  ]);
  return { files, path, url, os, process, timers };
}

/** Whether an error of the file system has this code: `ENOENT`, `EEXIST`. */
export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}

/** What the work gives; null when its file is not there. */
export async function unlessMissing<Value>(work: Promise<Value>): Promise<Value | null> {
  try {
    return await work;
  } catch (error) {
    if (hasCode(error, "ENOENT")) return null;
    throw error;
  }
}

/** Writes a file so that whoever reads it finds all of it or what was there before, also after a loss of power. */
export async function writeWhole({ files, path }: FileSystem, place: string, content: Uint8Array): Promise<void> {
  await files.mkdir(path.dirname(place), { recursive: true });
  const unfinished = `${place}.${crypto.randomUUID()}.part`;
  try {
    const handle = await files.open(unfinished, "wx");
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await files.rename(unfinished, place);
  } catch (error) {
    await files.rm(unfinished, { force: true });
    throw error;
  }
}
