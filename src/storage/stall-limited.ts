/** A source that is given up when it stops giving, or gives so slowly that it would outlive its reader. */

import { within } from "../within.ts";

export class StalledError extends Error {
  override readonly name = "StalledError";
}

export interface StallLimits {
  /** How long a chunk may be waited for, milliseconds. */
  readonly stallMaximumMs: number;
  /** How long all of them together may be waited for, milliseconds. */
  readonly totalMaximumMs: number;
}

/**
 * The chunks as they come.
 *
 * @throws StalledError when one of the limits is reached; the source is closed then, without being waited for
 */
export async function* stallLimited(
  chunks: AsyncIterable<Uint8Array>,
  { stallMaximumMs, totalMaximumMs }: StallLimits,
): AsyncGenerator<Uint8Array, void> {
  const source = chunks[Symbol.asyncIterator]();
  const endsAt = Date.now() + totalMaximumMs;
  let finished = false;
  try {
    for (;;) {
      const maximumMs = Math.min(stallMaximumMs, endsAt - Date.now());
      const late = () => new StalledError(`No byte came in the ${maximumMs} ms that were left.`);
      const next = await within(source.next(), maximumMs, late);
      finished = next.done === true;
      if (next.done) return;
      yield next.value;
    }
  } finally {
    // A stalled read does not end by itself, so the end of the closing is nobody's to wait for.
    if (!finished) source.return?.()?.catch(() => {});
  }
}
