/** Waiting with a limit. */

/**
 * The work's result, unless it takes too long. The work itself goes on then, and its end is nobody's to wait for.
 *
 * @param late what is thrown when the time is over
 */
export async function within<Value>(work: Promise<Value>, maximumMs: number, late: () => Error): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late()), maximumMs);
  });
  try {
    return await Promise.race([work, over]);
  } finally {
    clearTimeout(timer);
  }
}
