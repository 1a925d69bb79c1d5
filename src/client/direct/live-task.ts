/**
 * A task that this process makes. Its truth is in memory and saved after each change, in their order; what begins is not
 * performed before it is saved ({@link LiveTask.saved}), so that a process which dies leaves word of what it was about to
 * pay for.
 */
import { applyStep } from "../../task/apply-step.ts";
import type { Truth } from "../../task/mover.ts";
import type { TaskState } from "../../task/state.ts";
import type { Clock } from "./clock.ts";

/** Why a task is not made here any more: it has nothing to do for now, it was removed, or another process has it. */
export type Left = "idle" | "removed" | "lost";

export interface Keeping {
  /** @throws LostError when another process has taken the task over, and then nothing is written */
  save(state: TaskState): Promise<void>;
}

/** Another process took the task over. */
export class LostError extends Error {
  override readonly name = "LostError";
}

export class LiveTask implements Truth {
  readonly #keeping: Keeping;
  readonly #clock: Pick<Clock, "now">;
  readonly #listeners = new Set<() => void>();
  #state: TaskState;
  #shown: TaskState;
  #saved: Promise<void> = Promise.resolve();
  #left: Left | null = null;
  #failure: { readonly error: unknown } | null = null;

  constructor(state: TaskState, keeping: Keeping, clock: Pick<Clock, "now">) {
    this.#state = state;
    this.#shown = state;
    this.#keeping = keeping;
    this.#clock = clock;
  }

  get left(): Left | null {
    return this.#left;
  }

  /** The task as it was saved last. */
  get shown(): TaskState {
    return this.#shown;
  }

  load(): TaskState | null {
    return this.#left === null || this.#left === "idle" ? this.#state : null;
  }

  change(step: (state: TaskState) => TaskState): TaskState | null {
    const before = this.load();
    if (!before) return null;
    const { state } = applyStep(before, step, this.#clock.now());
    if (state !== before) {
      this.#state = state;
      this.#save(state);
    }
    return state;
  }

  /** @throws what the last save failed with */
  async saved(): Promise<void> {
    await this.#saved;
  }

  /** Saves it once more, after a save that failed. */
  saveAgain(): void {
    this.#save(this.#state);
  }

  leave(left: Left): void {
    this.#left = left;
    this.#tell();
  }

  fail(error: unknown): void {
    this.#failure = { error };
    this.leave("lost");
  }

  /**
   * The task as it is saved, then after each change; ends when it is not made here any more.
   *
   * @throws the signal's reason, and what this process failed with
   */
  async *changes(signal: AbortSignal): AsyncGenerator<TaskState, void> {
    const unread = [this.#shown];
    let wake = () => {};
    const listener = () => {
      if (unread.at(-1) !== this.#shown) unread.push(this.#shown);
      wake();
    };
    this.#listeners.add(listener);
    signal.addEventListener("abort", listener);
    try {
      for (;;) {
        signal.throwIfAborted();
        const state = unread.shift();
        if (state) yield state;
        else if (this.#failure) throw this.#failure.error;
        else if (this.#left !== null) return;
        else await new Promise<void>((resolve) => wake = resolve);
      }
    } finally {
      this.#listeners.delete(listener);
      signal.removeEventListener("abort", listener);
    }
  }

  #save(state: TaskState): void {
    const saving = this.#saved.catch(() => {}).then(() => this.#keeping.save(state));
    this.#saved = saving;
    saving.then(() => {
      this.#shown = state;
      this.#tell();
    }, (error: unknown) => {
      if (error instanceof LostError) this.leave("lost");
    });
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}
