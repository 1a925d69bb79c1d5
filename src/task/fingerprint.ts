/** What tells one request for a video from another: its fields and the content of its files, as one digest. */
import { hexOf } from "../hexadecimal.ts";
import type { RawFields } from "../references/fields.ts";

/**
 * The same for a request that is sent again, whatever its form's boundary and the order of its fields.
 *
 * @param way the route it came by
 * @param fields all of them, addresses too; an empty value counts as absent, as everywhere
 * @param contents of each file field the digest of what came in it
 */
export async function fingerprintOf(
  way: string,
  fields: RawFields,
  contents: ReadonlyMap<string, string>,
): Promise<string> {
  const sent = [...fields].map(([name, values]) => [name, values.filter((value) => value !== "")] as const)
    .filter(([, values]) => values.length > 0);
  return await digestOf(JSON.stringify([way, inOrder(sent), inOrder([...contents])]));
}

/** SHA-256 of a text, hexadecimal. */
export async function digestOf(text: string): Promise<string> {
  return hexOf(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
}

/**
 * The chunks as they are; after the last one the digest of all of them is told.
 *
 * @param tell gets SHA-256, hexadecimal; is not called for a body that breaks off
 */
export async function* digested(
  chunks: AsyncIterable<Uint8Array>,
  tell: (digest: string) => void,
): AsyncGenerator<Uint8Array, void> {
  const stream = new crypto.DigestStream("SHA-256");
  const writer = stream.getWriter();
  for await (const chunk of chunks) {
    await writer.write(chunk);
    yield chunk;
  }
  await writer.close();
  tell(hexOf(await stream.digest));
}

function inOrder<Value>(entries: readonly (readonly [name: string, value: Value])[]) {
  return [...entries].sort(([one], [other]) => one < other ? -1 : 1);
}
