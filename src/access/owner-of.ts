/** Whose key came with a request. */
import type { ApiKey } from "../api-keys.ts";
import { hexOf } from "../hexadecimal.ts";

/** Hexadecimal digits of a digest that tell keys without a name apart: 64 bits, for some tens of keys. */
const digestDigits = 16;

/**
 * Whose the key is: the same text whichever of a holder's keys is sent, and never the key itself. It is compared with
 * each of the keys, by digests of one length and without an early end, so that the time taken tells nothing of them.
 *
 * @param sent as it came with the request
 * @returns null when no key of this service is the same
 */
export async function ownerOf(sent: string, keys: readonly ApiKey[]): Promise<string | null> {
  const digest = await digestOf(sent);
  let owner: string | null = null;
  for (const { name, key } of keys) {
    const isSame = crypto.subtle.timingSafeEqual(digest, await digestOf(key));
    if (isSame) owner = name === null ? `key:${hexOf(digest).slice(0, digestDigits)}` : `name:${name}`;
  }
  return owner;
}

async function digestOf(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
}
