/**
 * The secrets that webhooks are signed with, as Standard Webhooks writes them: `whsec_` and 24 to 64 random bytes in
 * base64 (standard-webhooks/spec, "Signature scheme").
 */

const prefix = "whsec_";
const bytesMinimum = 24;
const bytesMaximum = 64;

/** The usual alphabet, and padded: libraries of receivers take no other. */
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/**
 * @param text one secret, or several separated by commas while one takes the place of another
 * @returns the bytes of each; null when any of them cannot be used
 */
export function parseWebhookSecrets(text: string): Uint8Array<ArrayBuffer>[] | null {
  const secrets = text.split(",").map((secret) => parseSecret(secret.trim()));
  const usable = secrets.filter((secret) => secret !== null);
  return usable.length === secrets.length ? usable : null;
}

function parseSecret(text: string): Uint8Array<ArrayBuffer> | null {
  const encoded = text.startsWith(prefix) ? text.slice(prefix.length) : "";
  if (!base64.test(encoded)) return null;
  const bytes = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
  return bytes.length >= bytesMinimum && bytes.length <= bytesMaximum ? bytes : null;
}
