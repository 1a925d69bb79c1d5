/** The `fetch` that is handed to an SDK: it keeps the key at home and turns failed answers into faults. */
import type { Fetch } from "./fetch.ts";
import { failed } from "./outcome.ts";
import { answerFault, FaultError } from "./read-fault.ts";

/**
 * Wraps a `fetch` that carries a key. Requests to another origin than the configured one are not sent, and redirects
 * not followed: only `Authorization` would be dropped on the way to another host, `x-goog-api-key` would not.
 *
 * @throws FaultError for a request off the origin, and for every answer that is not a success
 */
export function guardedFetch(fetch: Fetch, baseUrl: string): Fetch {
  return async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    if (!isSameOrigin(url, baseUrl)) {
      throw new FaultError(failed("malformed", "the request led away from the configured address").fault);
    }
    const response = await fetch(input, { ...init, redirect: "manual" });
    if (response.ok) return response;
    throw new FaultError((await answerFault(response)).fault);
  };
}

/** Whether both addresses are of one origin; false when one is no address at all. */
export function isSameOrigin(url: string, baseUrl: string): boolean {
  return URL.canParse(url) && new URL(url).origin === new URL(baseUrl).origin;
}
