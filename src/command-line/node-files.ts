/** Files by `node:fs`, which Node, Deno and Bun have. */
import { access, constants, link, lstat, open, readFile, rename, rm, stat, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Files } from "./surroundings.ts";

export const nodeFiles: Files = {
  readText: async (path) => await readFile(path, "utf8"),
  kindOf,
  isWritable: async (folder) => await access(folder, constants.W_OK).then(() => true, () => false),
  write,
  moveIfFree,
  replace: rename,
  remove: async (path) => await rm(path, { force: true }),
  join,
  folderOf: dirname,
  nameOf: (path) => basename(path),
};

async function kindOf(path: string): Promise<"file" | "folder" | null> {
  try {
    return (await stat(path)).isDirectory() ? "folder" : "file";
  } catch {
    return null;
  }
}

async function write(path: string, body: ReadableStream<Uint8Array>): Promise<number> {
  const file = await open(path, "wx");
  let bytes = 0;
  try {
    for await (const chunk of body) {
      await file.writeFile(chunk);
      bytes += chunk.byteLength;
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return bytes;
}

/** A link is made only where nothing is, at once; a file system without links is looked at first. */
async function moveIfFree(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    await unlink(from);
    return true;
  } catch {
    if (await isThere(to)) return false;
    await rename(from, to);
    return true;
  }
}

async function isThere(path: string): Promise<boolean> {
  return await lstat(path).then(() => true, () => false);
}
