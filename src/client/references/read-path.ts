/** The one place that reads references from this machine. Its module is asked for only then: browsers and Workers have none. */
import { UnusableReference } from "./unusable-reference.ts";

/** @throws UnusableReference when there is no file system, or no such file in it */
export async function readPath(path: string | URL): Promise<Blob> {
  const { readFile } = await fileSystem(path);
  try {
    return new Blob([await readFile(path)]);
  } catch (cause) {
    throw new UnusableReference("reference_unusable", `The file ${path} cannot be read: ${reasonOf(cause)}.`, cause);
  }
}

async function fileSystem(path: string | URL) {
  try {
    return await import("node:fs/promises");
  } catch (cause) {
    const message = `There is no file system here to read ${path} from. Give an address (https://…), bytes or a Blob.`;
    throw new UnusableReference("reference_unusable", message, cause);
  }
}

/** The system's own codes, the same on Node, Deno and Bun. */
const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EISDIR: "it is a folder",
  EACCES: "this process may not",
};

function reasonOf(cause: unknown): string {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  return reasons[code] ?? (code || "reading it failed");
}
