/**
 * The tasks of a store, as far as this process makes them: each by one driver, as long as there is something to do. A task
 * that was left in the middle, by a process that died, goes on as soon as somebody asks for it. One that another process
 * makes is only looked at.
 */
import { taskIdSchema } from "../../task/identity.ts";
import { openWork } from "../../task/actions.ts";
import { cancelTask } from "../../task/endings.ts";
import { type Decided, lapsed } from "../../task/review.ts";
import type { TaskState } from "../../task/state.ts";
import { hasEnded } from "../../task/status.ts";
import type { TaskLock } from "./direct-store.ts";
import { noSuchTask, othersTask, refused, wrongState } from "./refusals.ts";
import { removeTask } from "./remove-task.ts";
import { type DriverDependencies, TaskDriver } from "./task-driver.ts";

/** How often a task that another process makes is looked at. */
const watchEveryMs = 1_000;

export class DirectTasks {
  readonly #dependencies: DriverDependencies;
  readonly #drivers = new Map<string, TaskDriver>();
  /** What must be over before a task is taken up (again). */
  readonly #busy = new Map<string, Promise<unknown>>();

  constructor(dependencies: DriverDependencies) {
    this.#dependencies = dependencies;
  }

  /**
   * Starts the task that is made under the lock, unless there is one. Of processes that would start the same one, the
   * others wait for the first.
   *
   * @param make gets the task of this id if there is one
   */
  async start(
    taskId: string,
    signal: AbortSignal,
    make: (found: TaskState | null) => Promise<TaskState>,
  ): Promise<TaskState> {
    return await this.#alone(taskId, async () => {
      const { store, clock } = this.#dependencies;
      for (;;) {
        signal.throwIfAborted();
        const found = this.#shown(taskId) ?? await store.load(taskId);
        if (found) return await make(found);
        const lock = await store.lock(taskId);
        if (lock) return await this.#begin(taskId, lock, make);
        await clock.sleep(watchEveryMs, signal, true);
      }
    });
  }

  /** The task as it is; one that was left in the middle goes on. @throws RequestRefusedError `not_found` */
  async state(taskId: string): Promise<TaskState> {
    const driver = await this.#driverOf(taskId, hasWork);
    if (driver) {
      this.#drive(taskId, driver);
      return driver.task.shown;
    }
    const state = await this.#stored(taskId);
    return lapsed(state, this.#dependencies.clock.now());
  }

  /** The task as it is, then after each change, until nothing more can come of it. */
  async *follow(
    taskId: string,
    isSettled: (state: TaskState) => boolean,
    signal: AbortSignal,
  ): AsyncGenerator<TaskState, void> {
    for (let seen = -1;;) {
      signal.throwIfAborted();
      const driver = await this.#driverOf(taskId, hasWork);
      if (driver) this.#drive(taskId, driver);
      const states = driver ? driver.task.changes(signal) : [await this.state(taskId)];
      for await (const state of states) {
        if (state.revision !== seen) yield state;
        seen = state.revision;
        if (isSettled(state)) return;
      }
      if (!driver) await this.#dependencies.clock.sleep(watchEveryMs, signal, true);
    }
  }

  /**
   * Lets a person's decision change the task.
   *
   * @param wish what was to be done: `approved`
   * @throws RequestRefusedError `not_found`, `wrong_state`; ServiceError with the prompts that cannot be used
   */
  async decide(taskId: string, wish: string, decide: (state: TaskState) => Decided): Promise<TaskState> {
    const driver = await this.#driverOf(taskId, () => true);
    if (!driver) throw othersTask();
    const { task } = driver;
    const before = task.load();
    // It was done with in this very moment.
    if (!before || task.left !== null) return await this.decide(taskId, wish, decide);
    const decided = decide(before);
    this.#drive(taskId, driver);
    if (decided.kind === "wrong_state") throw wrongState(before.status, wish);
    if (decided.kind === "refused") throw refused(decided.problems);
    const state = task.change(() => decided.state) ?? decided.state;
    if (hasEnded(state)) driver.abandon();
    driver.interrupt();
    await task.saved();
    return state;
  }

  /** Lets go of all tasks, each as soon as what is under way of it has ended. Whoever asks for one takes it up again. */
  async rest(): Promise<void> {
    await Promise.all([...this.#drivers.values()].map((driver) => driver.rest()));
    // Their locks are given back.
    await Promise.allSettled(this.#busy.values());
  }

  /** @throws RequestRefusedError `not_found`, or `wrong_state` while another process makes it */
  async remove(taskId: string): Promise<void> {
    const driver = await this.#driverOf(taskId, () => true);
    if (!driver) throw othersTask();
    const state = driver.task.load() ?? driver.task.shown;
    await this.#alone(taskId, async () => {
      try {
        // Should this process die before all is gone, nobody goes on with it.
        driver.task.change((found) => hasEnded(found) ? found : cancelTask(found, this.#dependencies.clock.now()));
        await driver.task.saved();
        const late = await driver.stop();
        await removeTask(state, late, driver.performDependencies());
        await this.#dependencies.store.remove(taskId);
      } finally {
        // Also when the store failed, so that it can be tried again.
        if (this.#drivers.get(taskId) === driver) this.#drivers.delete(taskId);
        await driver.release();
      }
    });
  }

  /**
   * The driver of a task, which is taken up when it is wanted; one that is new does not drive yet.
   *
   * @returns null when it is not, or when another process has the task
   */
  async #driverOf(taskId: string, isWanted: (state: TaskState, now: number) => boolean): Promise<TaskDriver | null> {
    const driver = this.#drivers.get(taskId);
    if (driver?.task.left === null) return driver;
    const { store, clock } = this.#dependencies;
    if (!isWanted(await this.#stored(taskId), clock.now())) return null;
    return await this.#alone(taskId, async () => {
      const other = this.#drivers.get(taskId);
      if (other?.task.left === null) return other;
      const lock = await store.lock(taskId);
      return lock && await this.#takeUp(taskId, lock);
    });
  }

  async #begin(
    taskId: string,
    lock: TaskLock,
    make: (found: TaskState | null) => Promise<TaskState>,
  ): Promise<TaskState> {
    const { store } = this.#dependencies;
    try {
      // As it is now that nobody else changes it.
      const found = await store.load(taskId);
      const state = await make(found);
      if (!found) await store.save(state);
      this.#drive(taskId, new TaskDriver(state, lock, this.#dependencies));
      return state;
    } catch (error) {
      await lock.release();
      throw error;
    }
  }

  async #takeUp(taskId: string, lock: TaskLock): Promise<TaskDriver> {
    try {
      // As it is now that nobody else changes it.
      const driver = new TaskDriver(await this.#stored(taskId), lock, this.#dependencies);
      this.#drivers.set(taskId, driver);
      return driver;
    } catch (error) {
      await lock.release();
      throw error;
    }
  }

  #drive(taskId: string, driver: TaskDriver): void {
    this.#drivers.set(taskId, driver);
    driver.drive(() => {
      // Whoever removes the task releases it too.
      if (this.#drivers.get(taskId) === driver) this.#drivers.delete(taskId);
      if (driver.task.left !== "removed") void this.#alone(taskId, () => this.#release(driver));
    });
  }

  /** A lock that is not given back becomes stale by itself. */
  async #release(driver: TaskDriver): Promise<void> {
    try {
      await driver.release();
    } catch (error) {
      this.#dependencies.log.failure("lock_not_released", error);
    }
  }

  async #stored(taskId: string): Promise<TaskState> {
    const state = taskIdSchema.safeParse(taskId).success
      ? this.#shown(taskId) ?? await this.#dependencies.store.load(taskId)
      : null;
    if (!state) throw noSuchTask();
    return state;
  }

  #shown(taskId: string): TaskState | null {
    const task = this.#drivers.get(taskId)?.task;
    return task?.left === null ? task.shown : null;
  }

  /** What is done with one task must not overlap. */
  async #alone<Value>(taskId: string, work: () => Promise<Value>): Promise<Value> {
    const turn = (this.#busy.get(taskId) ?? Promise.resolve()).then(work, work);
    this.#busy.set(taskId, turn);
    try {
      return await turn;
    } finally {
      if (this.#busy.get(taskId) === turn) this.#busy.delete(taskId);
    }
  }
}

function hasWork(state: TaskState, now: number): boolean {
  return openWork(state).length > 0 || lapsed(state, now) !== state;
}
