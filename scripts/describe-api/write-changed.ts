/** Writing what a server may be reading. */

/**
 * Leaves a file alone that is as it should be: a running server watches the folder and would load everything again. A
 * changed one is put in its place whole, because others may read it, or write it too, at the same time.
 */
export async function writeChanged(path: string, content: string | Uint8Array): Promise<void> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  if (await isThere(path, bytes)) return;
  const beside = `${path}.${crypto.randomUUID()}.part`;
  await Deno.writeFile(beside, bytes);
  await Deno.rename(beside, path);
}

async function isThere(path: string, bytes: Uint8Array): Promise<boolean> {
  try {
    const found = await Deno.readFile(path);
    return found.length === bytes.length && found.every((byte, index) => byte === bytes[index]);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
