/** A `fetch` whose requests end when nobody needs their answers any more. */
import type { Fetch } from "../upstream/fetch.ts";

export class AbandonableFetch {
  readonly #fetch: Fetch;
  #abort = new AbortController();

  constructor(fetch: Fetch) {
    this.#fetch = fetch;
  }

  readonly fetch: Fetch = (input, init) => {
    const { signal } = this.#abort;
    return this.#fetch(input, { ...init, signal: init?.signal ? AbortSignal.any([signal, init.signal]) : signal });
  };

  /** Ends what is under way; what begins later is not concerned. */
  abandon(): void {
    this.#abort.abort();
    this.#abort = new AbortController();
  }
}
