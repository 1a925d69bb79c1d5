/** A source that is given up when it stops giving. */

export class StalledError extends Error {
  override readonly name = "StalledError";
}

/**
 * The chunks as they come.
 *
 * @param stallMaximumMs how long a chunk may be waited for, milliseconds
 * @throws StalledError when none came for that long; the source is closed then, without being waited for
 */
export async function* stallLimited(
  chunks: AsyncIterable<Uint8Array>,
  stallMaximumMs: number,
): AsyncGenerator<Uint8Array, void> {
  const source = chunks[Symbol.asyncIterator]();
  let finished = false;
  try {
    for (;;) {
      const next = await within(source.next(), stallMaximumMs);
      finished = next.done === true;
      if (next.done) return;
      yield next.value;
    }
  } finally {
    // A stalled read does not end by itself, so the end of the closing is nobody's to wait for.
    if (!finished) source.return?.()?.catch(() => {});
  }
}

async function within<Value>(work: Promise<Value>, maximumMs: number): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stalled = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new StalledError(`No byte came for ${maximumMs} ms.`)), maximumMs);
  });
  try {
    return await Promise.race([work, stalled]);
  } finally {
    clearTimeout(timer);
  }
}
