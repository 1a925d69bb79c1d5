/** What proves to a receiver that a webhook is ours and new. Standard Webhooks 1.0.0, "Webhook headers". */

export interface Message {
  /** The same for every try to deliver one event; without a full stop, which separates what is signed. */
  readonly id: string;
  /** Of this try, whole seconds since 1970. */
  readonly timestamp: number;
  readonly body: string;
}

const algorithm = { name: "HMAC", hash: "SHA-256" };

/**
 * @param secrets each signs, so that a receiver may know the old one or the new one while they change places
 * @returns the three headers
 */
export async function signedHeaders(
  { id, timestamp, body }: Message,
  secrets: readonly Uint8Array<ArrayBuffer>[],
): Promise<Record<string, string>> {
  const content = new TextEncoder().encode(`${id}.${timestamp}.${body}`);
  const signatures = await Promise.all(secrets.map((secret) => signatureOf(content, secret)));
  return {
    "webhook-id": id,
    "webhook-timestamp": String(timestamp),
    "webhook-signature": signatures.join(" "),
  };
}

async function signatureOf(content: BufferSource, secret: Uint8Array<ArrayBuffer>): Promise<string> {
  const key = await crypto.subtle.importKey("raw", secret, algorithm, false, ["sign"]);
  const signature = new Uint8Array(await crypto.subtle.sign(algorithm.name, key, content));
  return `v1,${btoa(String.fromCharCode(...signature))}`;
}
