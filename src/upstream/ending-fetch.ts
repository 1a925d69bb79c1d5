/** One time limit over several requests. */
import type { Fetch } from "./fetch.ts";

/** A `fetch` whose requests and their answers end with the signal, besides their own limits. */
export function endingFetch(fetch: Fetch, end: AbortSignal): Fetch {
  return (input, init) => {
    const signal = init?.signal ? AbortSignal.any([init.signal, end]) : end;
    return fetch(input, { ...init, signal });
  };
}
