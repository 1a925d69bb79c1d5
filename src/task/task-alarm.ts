/** The one alarm of a task's object: set anew after whatever happened, for what is to be done next. */
import { logFailure } from "../log.ts";
import type { TaskRemains } from "./remains.ts";
import type { Removable } from "./removal.ts";
import type { TaskStore } from "./task-store.ts";
import { graceUnreadableMs, pauseUnreadableMs } from "./timing.ts";
import { nextWakeAt } from "./wake.ts";

export interface AlarmParts {
  readonly storage: DurableObjectStorage;
  /** The task's id, for the log; undefined for an object that was asked for without one. */
  readonly name: string | undefined;
  readonly store: TaskStore;
  readonly remains: TaskRemains;
}

export class TaskAlarm {
  readonly #parts: AlarmParts;
  readonly #giveUp: (task: Removable) => void;

  /** @param giveUp forgets a task that no version can read any more */
  constructor(parts: AlarmParts, giveUp: (task: Removable) => void) {
    this.#parts = parts;
    this.#giveUp = giveUp;
  }

  /**
   * A row that cannot be read does not end the alarms: after the next deployment it may be readable again. An object that
   * knows nothing of use any more is emptied, and is as if it had never been.
   *
   * @param earliest not before this time, milliseconds since 1970
   */
  async set(earliest = 0): Promise<void> {
    const { storage, store, remains } = this.#parts;
    if (store.isEmpty() && remains.isNothingLeft(Date.now())) return await storage.deleteAll();
    await storage.setAlarm(Math.max(this.#nextTime(), earliest));
  }

  #nextTime(): number {
    const { store, remains } = this.#parts;
    try {
      const state = store.load();
      return Math.min(state ? nextWakeAt(state) : Infinity, remains.nextTryAt(Date.now()));
    } catch (error) {
      logFailure("task_unreadable", error, { task_id: this.#parts.name });
      const task = store.identity();
      if (task && Date.now() >= task.expires_at + graceUnreadableMs) this.#giveUp(task);
      return Date.now() + pauseUnreadableMs;
    }
  }
}
