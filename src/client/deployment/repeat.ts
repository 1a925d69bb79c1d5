/** Asking again when an answer was lost or the deployment was busy: a few times, with growing pauses. */
import { ConnectionError, RequestRefusedError } from "../errors.ts";
import type { Time } from "./time.ts";

/** Together with the pauses a quarter of a minute, which most restarts and changes of network are shorter than. */
const usualTries = 5;
const firstPauseMs = 1_000;

/** A deployment's limits are counted over at most a minute (src/access/rate-limits.ts). */
const longestPauseMs = 65_000;

/**
 * Only for what can be asked twice without harm.
 *
 * @throws the last failure, or the first that asking again would not change; and the signal's reason
 */
export async function repeated<Answer>(
  ask: () => Promise<Answer>,
  signal: AbortSignal,
  time: Time,
  triesMaximum: number = usualTries,
): Promise<Answer> {
  for (let tries = 1;; tries++) {
    signal.throwIfAborted();
    try {
      return await ask();
    } catch (error) {
      signal.throwIfAborted();
      if (tries === triesMaximum || !isPassing(error)) throw error;
      const pauseMs = Math.max(firstPauseMs * 2 ** (tries - 1), askedPauseMs(error));
      if (pauseMs > longestPauseMs) throw error;
      await time.pause(pauseMs, signal);
    }
  }
}

/** Whether the same question may be answered the next time. */
export function isPassing(error: unknown): boolean {
  if (error instanceof RequestRefusedError) return error.code === "rate_limited" || error.code === "internal";
  if (!(error instanceof ConnectionError)) return false;
  const { status } = error;
  // Who refuses without being the service (a wrong address, a firewall) does so the next time too.
  return status === null || status < 400 || status >= 500 || status === 408 || status === 429;
}

/** How long the deployment asked us to wait, milliseconds; 0 when it did not. */
export function askedPauseMs(error: unknown): number {
  return error instanceof RequestRefusedError ? (error.retryAfterSeconds ?? 0) * 1_000 : 0;
}
