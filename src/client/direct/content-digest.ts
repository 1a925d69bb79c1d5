/** Tells one content from another without holding it, by what every runtime has: `crypto.subtle` digests no streams. */
import { hexOf } from "../../hexadecimal.ts";

/** Each is digested by itself, then the digests are: 100 MB make a hundred. */
const blockBytes = 1_048_576;

/**
 * The chunks as they are; after the last one their digest is told.
 *
 * @param tell gets hexadecimal digits, the same for the same bytes however they were cut; is not called for a body that
 *   breaks off
 */
export async function* digesting(
  chunks: AsyncIterable<Uint8Array>,
  tell: (digest: string) => void,
): AsyncGenerator<Uint8Array, void> {
  const block = new Uint8Array(blockBytes);
  const digests: ArrayBuffer[] = [];
  let filled = 0;
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length;) {
      const taken = Math.min(chunk.length - at, blockBytes - filled);
      block.set(chunk.subarray(at, at + taken), filled);
      [at, filled] = [at + taken, filled + taken];
      if (filled < blockBytes) continue;
      digests.push(await crypto.subtle.digest("SHA-256", block));
      filled = 0;
    }
    yield chunk;
  }
  digests.push(await crypto.subtle.digest("SHA-256", block.subarray(0, filled)));
  const all = await crypto.subtle.digest("SHA-256", await new Blob(digests).arrayBuffer());
  tell(hexOf(all));
}
