/** Sitting out that a deployment cannot be reached, as long as that may pass by itself. */
import { ConnectionError } from "../errors.ts";
import { ofTask } from "./of-task.ts";
import { askedPauseMs, isPassing } from "./repeat.ts";
import type { Time } from "./time.ts";

/** A router that starts anew, a deployment that is rolled back, a tunnel: the task goes on meanwhile. */
const outageMaximumMs = 5 * 60_000;

const firstPauseMs = 1_000;
/** So that the end of an outage is soon noticed. */
const pauseMaximumMs = 15_000;

export class Outage {
  readonly #taskId: string;
  readonly #signal: AbortSignal;
  readonly #time: Time;
  /** When it began, milliseconds since 1970. */
  #since: number | null = null;
  #failures = 0;

  constructor(taskId: string, signal: AbortSignal, time: Time) {
    this.#taskId = taskId;
    this.#signal = signal;
    this.#time = time;
  }

  /** The deployment was heard of. */
  end(): void {
    this.#since = null;
    this.#failures = 0;
  }

  /**
   * Waits before the next try.
   *
   * @throws the error itself, when the next try would fail likewise; ConnectionError when it lasts too long; and the
   * signal's reason
   */
  async sitOut(error: unknown): Promise<void> {
    this.#signal.throwIfAborted();
    if (!isPassing(error)) throw ofTask(this.#taskId, error);
    const now = this.#time.now();
    this.#since ??= now;
    if (now - this.#since >= outageMaximumMs) throw this.#given(error);
    const pauseMs = Math.min(firstPauseMs * 2 ** this.#failures++, pauseMaximumMs);
    await this.#time.pause(Math.max(pauseMs, Math.min(askedPauseMs(error), outageMaximumMs)), this.#signal);
  }

  #given(cause: unknown): ConnectionError {
    const message = `The deployment could not be reached for ${
      outageMaximumMs / 60_000
    } minutes. The task goes on there.`;
    return new ConnectionError(message, { taskId: this.#taskId, cause });
  }
}
