/** Time that passes when somebody pauses, and not by itself. */
import type { Time } from "../../../src/client/deployment/time.ts";
import { startedAt } from "../../support/task-state.ts";

/** So long may what is under way really take, before a pause that only waits for it is over. */
const realMs = 25;

export interface MovedTime extends Time {
  /** Those that came to their end, milliseconds. */
  readonly pauses: number[];
}

export function movedTime(): MovedTime {
  let now = startedAt;
  const pauses: number[] = [];
  return {
    pauses,
    now: () => now,
    pause: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason);
        const timer = setTimeout(() => {
          now += milliseconds;
          pauses.push(milliseconds);
          resolve();
        }, realMs);
        signal.addEventListener("abort", () => {
          clearTimeout(timer);
          reject(signal.reason);
        }, { once: true });
      }),
  };
}
