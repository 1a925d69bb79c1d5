/**
 * The changes of one task for everybody who wants them: who awaits it and who iterates over it share one connection, and
 * all see every state once, in order, from the first. It is asked for while somebody wants the next one, and let go when
 * nobody does any more.
 */
import { Veo31Error } from "./errors.ts";
import { isSettled, type Task } from "./task.ts";

export class SharedChanges {
  readonly #follow: () => AsyncIterable<Task>;
  readonly #onChange: (task: Task) => void;
  readonly #seen: Task[];
  #source: AsyncIterator<Task> | null = null;
  #coming: Promise<void> | null = null;
  #readers = 0;

  /**
   * @param started the task as it is known already
   * @param follow the task as it is, then after each change, until it is settled
   * @param onChange is told of each state once
   */
  constructor(started: Task, follow: () => AsyncIterable<Task>, onChange: (task: Task) => void) {
    this.#follow = follow;
    this.#onChange = onChange;
    this.#seen = [started];
    onChange(started);
  }

  /** From the first state to the one in which the task is settled. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Task, void> {
    this.#readers++;
    try {
      for (let index = 0;; index++) {
        while (index >= this.#seen.length && !this.#isOver()) await this.#next();
        const task = this.#seen[index];
        if (!task) return;
        yield task;
      }
    } finally {
      if (--this.#readers === 0) this.#letGo();
    }
  }

  #isOver(): boolean {
    const last = this.#seen.at(-1);
    return last !== undefined && isSettled(last);
  }

  /** One step, for all who wait for it. */
  async #next(): Promise<void> {
    this.#coming ??= this.#step().finally(() => this.#coming = null);
    await this.#coming;
  }

  async #step(): Promise<void> {
    this.#source ??= this.#follow()[Symbol.asyncIterator]();
    try {
      const { done, value } = await this.#source.next();
      if (done) throw new Veo31Error("The task could not be followed to its end.");
      this.#take(value);
    } catch (error) {
      this.#letGo();
      throw error;
    }
  }

  /** Whoever follows is told of the task as it is, which may be known. */
  #take(task: Task): void {
    if (JSON.stringify(task) === JSON.stringify(this.#seen.at(-1))) return;
    this.#seen.push(task);
    this.#onChange(task);
  }

  #letGo(): void {
    // Nobody listens any more to how that ends.
    this.#source?.return?.().catch(() => {});
    this.#source = null;
  }
}
