/** Time as the client sees it: the runtime's own, or a test's that does not pass by itself. */

export interface Time {
  /** Milliseconds since 1970. */
  now(): number;
  /** @throws the signal's reason, as soon as it is aborted */
  pause(milliseconds: number, signal: AbortSignal): Promise<void>;
}

export const realTime: Time = {
  now: () => Date.now(),
  pause: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const timer = setTimeout(() => {
        signal.removeEventListener("abort", stop);
        resolve();
      }, milliseconds);
      function stop() {
        clearTimeout(timer);
        reject(signal.reason);
      }
      signal.addEventListener("abort", stop, { once: true });
    }),
};

/** How long to wait for something, and until when it is wanted at all. */
export interface Patience {
  readonly milliseconds: number;
  readonly signal: AbortSignal;
  readonly time: Time;
}

/**
 * @returns what the work comes to
 * @throws what `late` makes when it takes longer, and the signal's reason; the work may go on then, unheard
 */
export async function within<Result>(
  { milliseconds, signal, time }: Patience,
  work: Promise<Result>,
  late: () => Error,
): Promise<Result> {
  const isDone = new AbortController();
  const lateness = time.pause(milliseconds, AbortSignal.any([signal, isDone.signal])).then(() => {
    throw late();
  });
  try {
    return await Promise.race([work, lateness]);
  } finally {
    isDone.abort();
  }
}
