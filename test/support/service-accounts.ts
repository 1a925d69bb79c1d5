/** Keys of service accounts, made for the test. */
import type { ServiceAccount } from "../../src/service-account-key.ts";

export interface TestAccount {
  readonly account: ServiceAccount;
  /** Verifies what the account signs. */
  readonly publicKey: CryptoKey;
}

const algorithm = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };

export const tokenUri = "https://oauth.example/token";

export async function createServiceAccount(): Promise<TestAccount> {
  const generating = { ...algorithm, modulusLength: 2_048, publicExponent: Uint8Array.of(1, 0, 1) };
  const pair = await crypto.subtle.generateKey(generating, true, ["sign", "verify"]);
  if (!("privateKey" in pair)) throw new Error("no pair of keys");
  const exported = await crypto.subtle.exportKey("pkcs8", pair.privateKey);
  if (!(exported instanceof ArrayBuffer)) throw new Error("no PKCS #8");
  const lines = new Uint8Array(exported).toBase64().match(/.{1,64}/g) ?? [];
  return {
    publicKey: pair.publicKey,
    account: {
      client_email: "films@film-project.iam.gserviceaccount.com",
      private_key: ["-----BEGIN PRIVATE KEY-----", ...lines, "-----END PRIVATE KEY-----", ""].join("\n"),
      private_key_id: "key-1",
      token_uri: tokenUri,
      project_id: "film-project",
    },
  };
}
