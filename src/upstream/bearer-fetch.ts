/** A `fetch` that carries an access token, and a new one when that is refused. */
import type { Fetch } from "./fetch.ts";
import { isSameOrigin } from "./guarded-fetch.ts";
import { FaultError } from "./read-fault.ts";
import type { AccessTokens } from "./service-account.ts";

const unauthenticated = 401;

/**
 * Wraps a `fetch` so that its requests carry the token, but only those to the origin of `baseUrl`; others go without. No
 * redirect is followed with it, whatever the caller asks for: who follows one asks again, for its address. A request that
 * is answered with 401 was not taken and is made once more, with a new token; so its body must be one that
 * can be sent twice.
 *
 * @throws FaultError when there is no token to be had; the request was not made then
 */
export function bearerFetch(fetch: Fetch, tokens: AccessTokens, baseUrl: string): Fetch {
  return async (input, init) => {
    if (!isSameOrigin(input instanceof Request ? input.url : String(input), baseUrl)) return await fetch(input, init);
    const { response, token } = await withToken(fetch, tokens, input, init);
    if (response.status !== unauthenticated) return response;
    tokens.drop(token);
    await response.body?.cancel();
    return (await withToken(fetch, tokens, input, init)).response;
  };
}

async function withToken(fetch: Fetch, tokens: AccessTokens, input: RequestInfo | URL, init: RequestInit | undefined) {
  const got = await tokens.get();
  if (!got.ok) throw new FaultError(got.fault);
  const headers = new Headers(init?.headers);
  headers.set("Authorization", `Bearer ${got.value}`);
  return { response: await fetch(input, { ...init, headers, redirect: "manual" }), token: got.value };
}
