/** The clock of the tasks that this process makes; tests move it. */

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /**
   * Ends after so many milliseconds, or as soon as the signal fires; it does not throw.
   *
   * @param keepsAlive whether the process must not end meanwhile
   */
  sleep(milliseconds: number, signal: AbortSignal, keepsAlive: boolean): Promise<void>;
}

/** The longest that timers take; who sleeps looks at the time again afterwards. */
const longestTimerMs = 2_147_483_647;

export const realClock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds, signal, keepsAlive) =>
    new Promise((resolve) => {
      const timer = setTimeout(done, Math.min(Math.max(0, milliseconds), longestTimerMs));
      if (!keepsAlive) unref(timer);
      signal.addEventListener("abort", done);
      if (signal.aborted) done();
      function done() {
        clearTimeout(timer);
        signal.removeEventListener("abort", done);
        resolve();
      }
    }),
};

/** Node and Bun give timers as objects that can be told not to hold the process; elsewhere they are numbers. */
function unref(timer: unknown): void {
  if (typeof timer === "object" && timer !== null && "unref" in timer && typeof timer.unref === "function") {
    timer.unref();
  }
}
