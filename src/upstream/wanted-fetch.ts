/** A last question before a request that costs money. */
import type { Fetch } from "./fetch.ts";
import { failed } from "./outcome.ts";
import { FaultError } from "./read-fault.ts";

/**
 * A `fetch` that sends nothing once its request is not wanted any more: what goes before it (a token, uploads) can take
 * minutes, and meanwhile its owner may have given the task up.
 *
 * @throws FaultError `unreachable`: nothing was sent
 */
export function whileWanted(fetch: Fetch, isWanted: () => boolean = () => true): Fetch {
  return async (input, init) => {
    if (!isWanted()) {
      throw new FaultError(failed("unreachable", "it is not wanted any more, so it was not asked").fault);
    }
    return await fetch(input, init);
  };
}
