/** The signed statement (a JWT, RS256) with which a service account asks for an access token. */
import { base64UrlOf, bytesOfBase64 } from "../base64.ts";
import type { ServiceAccount } from "../service-account-key.ts";

/** Everything the account's roles allow: Vertex AI, and reading the results out of Cloud Storage. */
const scope = "https://www.googleapis.com/auth/cloud-platform";

/** The longest Google allows. */
const validSeconds = 3_600;

const algorithm = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };

/**
 * @param now milliseconds since 1970
 * @returns null when the private key cannot be read
 */
export async function signAssertion(account: ServiceAccount, now: number): Promise<string | null> {
  const key = await importKey(account.private_key);
  if (key === null) return null;
  const issuedAt = Math.floor(now / 1_000);
  const { private_key_id, client_email, token_uri } = account;
  const header = { alg: "RS256", typ: "JWT", ...(private_key_id && { kid: private_key_id }) };
  const claims = { iss: client_email, scope, aud: token_uri, iat: issuedAt, exp: issuedAt + validSeconds };
  const content = `${encodedJson(header)}.${encodedJson(claims)}`;
  const signature = await crypto.subtle.sign(algorithm.name, key, utf8.encode(content));
  return `${content}.${base64UrlOf(new Uint8Array(signature))}`;
}

/** @param pem with real line breaks, or with the two characters `\n` as environment variables often have them */
async function importKey(pem: string): Promise<CryptoKey | null> {
  const base64 = pem.replaceAll(/-----[A-Z ]+-----|\\+[nr]|\s/g, "");
  try {
    return await crypto.subtle.importKey("pkcs8", bytesOfBase64(base64), algorithm, false, ["sign"]);
  } catch {
    return null;
  }
}

const utf8 = new TextEncoder();

function encodedJson(value: object): string {
  return base64UrlOf(utf8.encode(JSON.stringify(value)));
}
