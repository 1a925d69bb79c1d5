/** What a server keeps in its stand-in for R2, read from its disk: R2 itself lists no unfinished uploads. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

export interface Remains {
  /** The keys of all objects. */
  readonly keys: readonly string[];
  /** Multipart uploads that were neither completed nor aborted. */
  readonly unfinishedUploads: number;
  /** Files with the bytes of objects and of parts. */
  readonly blobs: number;
}

/** Miniflare's number for an upload that goes on. */
const inProgress = 0;

/** @param storage where the server was told to keep what it stores */
export async function storedRemains(storage: string): Promise<Remains> {
  const names = await readdir(join(storage, "v3", "r2"), { recursive: true });
  const databases = names.filter((name) => name.endsWith(".sqlite") && !name.endsWith("metadata.sqlite"))
    .map((name) => join(storage, "v3", "r2", name));
  if (databases.length === 0) throw new Error("The server keeps no bucket here.");
  const rows = (query: string) => databases.flatMap((path) => read(path, query));
  return {
    keys: rows("SELECT key FROM _mf_objects").map(({ key }) => String(key)),
    unfinishedUploads: rows(`SELECT key FROM _mf_multipart_uploads WHERE state = ${inProgress}`).length,
    blobs: names.filter((name) => /\/blobs\/[^/]+$/.test(name)).length,
  };
}

function read(path: string, query: string): Record<string, unknown>[] {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    return database.prepare(query).all();
  } finally {
    database.close();
  }
}
