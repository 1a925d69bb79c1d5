/** Looking at the beginning of a body before it is decided what to do with it. */

/**
 * Reads until `bytes` are there or the body is over.
 *
 * @returns `head`: the first `bytes`, or fewer when there are no more; `whole`: the body from its beginning, to be read
 * once. Chunks of `whole` are valid only until the next one is asked for.
 */
export async function peek(
  body: AsyncIterable<Uint8Array>,
  bytes: number,
): Promise<{ head: Uint8Array; whole: AsyncIterable<Uint8Array> }> {
  const iterator = body[Symbol.asyncIterator]();
  const read: Uint8Array[] = [];
  for (let length = 0; length < bytes;) {
    const next = await iterator.next();
    if (next.done) break;
    // Copied, because the next chunk may come in the same memory.
    read.push(next.value.slice());
    length += next.value.length;
  }
  const head = new Uint8Array(await new Blob(read).arrayBuffer());
  return { head: head.subarray(0, bytes), whole: continued(head, iterator) };
}

async function* continued(
  start: Uint8Array,
  iterator: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array, void> {
  try {
    if (start.length > 0) yield start;
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
  } finally {
    await iterator.return?.();
  }
}
