/**
 * Access tokens of a Google service account: a signed assertion is exchanged for a token that is good for an hour.
 * Source: developers.google.com/identity/protocols/oauth2/service-account.
 */
import { z } from "zod";
import type { Fetch } from "./fetch.ts";
import { failed, type Outcome, succeeded } from "./outcome.ts";
import { answerFault } from "./read-fault.ts";
import { signAssertion } from "./service-account-assertion.ts";
import type { ServiceAccount } from "../service-account-key.ts";

/**
 * Tokens that are still good, for all requests of an isolate. Tokens only, no promises of one: a promise that belongs
 * to another request cannot be waited for in a Worker.
 */
export type AccessTokenCache = Map<string, { readonly token: string; readonly expiresAt: number }>;

export interface AccessTokens {
  /**
   * A token that is good for at least a minute.
   *
   * A fault is `unauthorized` when the account is not accepted, `rate_limited`, or else `unreachable`: whatever the
   * token was wanted for has certainly not been asked for.
   */
  get(): Promise<Outcome<string>>;
  /** Says that a token was refused, so that it is not given again. */
  drop(token: string): void;
}

export interface AccessTokenOptions {
  readonly account: ServiceAccount;
  readonly fetch: Fetch;
  readonly cache: AccessTokenCache;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** So that no request comes too late with a token that was good when it set out. */
const renewBeforeMs = 60_000;

const answerTimeoutMs = 20_000;

const tokenSchema = z.object({
  // It becomes part of a header.
  access_token: z.string().regex(/^[\x21-\x7e]+$/),
  /** Seconds; a token without is used once. */
  expires_in: z.coerce.number().catch(0),
});

export function createAccessTokens({ account, fetch, cache, now }: AccessTokenOptions): AccessTokens {
  const key = JSON.stringify([account.client_email, account.private_key_id ?? null, account.token_uri]);
  return {
    async get() {
      const cached = cache.get(key);
      if (cached && now() < cached.expiresAt - renewBeforeMs) return succeeded(cached.token);
      const askedAt = now();
      const asked = await askForToken(account, fetch, askedAt);
      if (!asked.ok) return asked;
      const { access_token: token, expires_in } = asked.value;
      cache.set(key, { token, expiresAt: askedAt + expires_in * 1_000 });
      return succeeded(token);
    },

    drop(token) {
      // Another request may have renewed it in the meantime.
      if (cache.get(key)?.token === token) cache.delete(key);
    },
  };
}

async function askForToken(
  account: ServiceAccount,
  fetch: Fetch,
  now: number,
): Promise<Outcome<z.infer<typeof tokenSchema>>> {
  const assertion = await signAssertion(account, now);
  if (assertion === null) return failed("unauthorized", "the service account's private key cannot be read");
  try {
    const response = await fetch(account.token_uri, {
      method: "POST",
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer", assertion }).toString(),
      redirect: "manual",
      signal: AbortSignal.timeout(answerTimeoutMs),
    });
    if (!response.ok) return await refusal(response);
    const parsed = tokenSchema.safeParse(await response.json());
    return parsed.success ? succeeded(parsed.data) : failed("unreachable", "the token's issuer answered without one");
  } catch {
    return failed("unreachable", "the token's issuer could not be asked");
  }
}

/** Statuses of the issuer that say nothing about the account: it is slow, or has too much to do. */
const passingStatuses = [408, 429];

/**
 * A wrong key, a removed account and a clock that is off are all 400 `invalid_grant`; a wrong address of the issuer is
 * 404. All of them are mended in the settings.
 */
async function refusal(response: Response): Promise<Outcome<never>> {
  const { status } = response;
  const { fault } = await answerFault(response);
  const note = `the token's issuer answered with status ${status}`;
  if (status === 429) return failed("rate_limited", note, fault.retry_after_ms);
  const isRefused = status >= 400 && status < 500 && !passingStatuses.includes(status);
  return failed(isRefused ? "unauthorized" : "unreachable", note, fault.retry_after_ms);
}
