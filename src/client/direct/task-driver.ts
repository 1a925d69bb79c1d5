/**
 * Moves one task in this process until nothing is left to do: what the service's Durable Object does with its alarms. It
 * performs what is due, sleeps until the next piece of work, and begins again. A task that waits for its prompts to be
 * approved has nothing to do; nor has one that ended, once Google's copies of its references are gone too.
 */
import type { Settings } from "../../env.ts";
import { createTurns } from "../../in-turn.ts";
import type { Log } from "../../log.ts";
import { type Action, openWork } from "../../task/actions.ts";
import { logAction } from "../../task/log-task.ts";
import { Mover } from "../../task/mover.ts";
import { performAction, type PerformDependencies } from "../../task/perform.ts";
import { lapsed } from "../../task/review.ts";
import { type Event, unperformedEvent } from "../../task/settle.ts";
import type { TaskState } from "../../task/state.ts";
import { hasEnded } from "../../task/status.ts";
import { nextWakeAt } from "../../task/wake.ts";
import { WorkFetch } from "../../task/work-fetch.ts";
import { isWanted } from "../../task/worthless.ts";
import { Veo31Error } from "../errors.ts";
import type { Clock } from "./clock.ts";
import type { DirectStore, TaskLock } from "./direct-store.ts";
import { LiveTask, LostError } from "./live-task.ts";
import { noAccount } from "./no-account.ts";

export interface DriverDependencies {
  readonly store: DirectStore;
  readonly settings: Settings;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  readonly log: Log;
}

/** How long a folder that cannot be written is tried again, before whoever follows is told: a minute. */
const saveTriesMaximum = 12;
const savePauseMs = 5_000;

export class TaskDriver {
  readonly task: LiveTask;
  readonly #lock: TaskLock;
  readonly #dependencies: DriverDependencies;
  readonly #fetch: WorkFetch;
  readonly #mover: Mover;
  readonly #inTurn = createTurns();
  readonly #late: Event[] = [];
  #pause = new AbortController();
  #isResting = false;
  #run: Promise<void> | null = null;

  constructor(state: TaskState, lock: TaskLock, dependencies: DriverDependencies) {
    const { store, clock, fetch, log } = dependencies;
    this.#lock = lock;
    this.#dependencies = dependencies;
    const save = async (changed: TaskState) => {
      if (!await lock.isHeld()) throw new LostError("Another process makes this task.");
      await store.save(changed);
    };
    this.task = new LiveTask(state, { save }, clock);
    this.#fetch = new WorkFetch(fetch);
    this.#mover = new Mover(this.task, (action, begun) => this.#perform(action, begun), log);
  }

  /** Begins, unless it has. @param onLeft is called when nothing is left to do */
  drive(onLeft: () => void): void {
    this.#run ??= this.#moveOn().finally(onLeft);
  }

  /** Looks at the task at once, because it was changed from outside. */
  interrupt(): void {
    this.#mover.interrupt();
    this.#pause.abort();
  }

  /** Ends what is under way and of use to nobody. */
  abandon(): void {
    this.#fetch.taskEnded();
  }

  /** Begins nothing more. Ends when what is under way has, and is saved: then the task stands still. */
  async rest(): Promise<void> {
    this.#isResting = true;
    this.#mover.rest();
    this.#pause.abort();
    await this.#run;
  }

  /** The task is over, whatever is under way. @returns what its last work brought, for whoever removes what is left */
  async stop(): Promise<readonly Event[]> {
    this.task.leave("removed");
    this.#fetch.taskForgotten();
    this.interrupt();
    await this.#run;
    return this.#late;
  }

  /** Lets another process have it. */
  async release(): Promise<void> {
    // The task was told of a save that failed; what is not noted is found by its mark, by whoever goes on.
    await this.task.saved().catch((error: unknown) => this.#dependencies.log.failure("task_not_saved", error));
    await this.#lock.release();
  }

  performDependencies(fetch: typeof globalThis.fetch = this.#dependencies.fetch): PerformDependencies {
    const { store, settings, log } = this.#dependencies;
    return {
      settings: () => settings,
      bucket: store.bucket,
      media: null,
      fetch,
      inTurn: this.#inTurn,
      isWanted: () => isWanted(this.task.load()),
      account: noAccount,
      log,
    };
  }

  async #moveOn(): Promise<void> {
    const { clock, log } = this.#dependencies;
    try {
      for (;;) {
        this.task.change((state) => lapsed(state, clock.now()));
        await this.#mover.move();
        await this.#settleSaves();
        const state = this.task.load();
        if (!state) return;
        if (this.#isResting || openWork(state).length === 0) return this.task.leave("idle");
        this.#pause = new AbortController();
        await clock.sleep(nextWakeAt(state) - clock.now(), this.#pause.signal, !hasEnded(state));
      }
    } catch (error) {
      log.failure("task_not_moved", error);
      this.task.fail(error);
    }
  }

  async #perform(action: Action, begun: TaskState): Promise<Event> {
    const { clock, log } = this.#dependencies;
    const startedAt = clock.now();
    const fetch = this.#fetch.of(action, begun);
    // Nothing is sent that is not noted.
    const isNoted = await this.task.saved().then(() => true, () => false);
    const event = isNoted
      ? await performAction(action, begun, this.performDependencies(fetch))
      : unperformedEvent(action, "the task could not be saved");
    logAction(begun.task_id, event, clock.now() - startedAt, log);
    if (this.task.left === "removed") this.#late.push(event);
    return event;
  }

  /** A disk that is full for a moment loses nothing. @throws Veo31Error when it stays so */
  async #settleSaves(): Promise<void> {
    for (let tries = 1;; tries++) {
      try {
        return await this.task.saved();
      } catch (cause) {
        if (this.task.left !== null) return;
        if (tries === saveTriesMaximum) throw new Veo31Error("The task could not be saved in its folder.", { cause });
        await this.#dependencies.clock.sleep(savePauseMs, new AbortController().signal, true);
        this.task.saveAgain();
      }
    }
  }
}
