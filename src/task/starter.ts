/**
 * How an object comes to its task: once, whoever asks how often. What it may cost is set aside with its owner's ledger
 * before there is a task, and taken back by the object's alarm when there will be none.
 */
import { createTurns } from "../in-turn.ts";
import type { TaskAccount } from "./account.ts";
import { logStarted } from "./log-task.ts";
import type { TaskRemains } from "./remains.ts";
import { startedTask } from "./started-task.ts";
import type { TaskStart, TaskState } from "./state.ts";
import type { TaskStore } from "./task-store.ts";
import type { OverBudget } from "./viewed-task.ts";

export type StartOutcome =
  | { readonly kind: "started"; readonly state: TaskState; readonly is_new: boolean }
  /** There is a task of this name, and it was asked for by another request. */
  | { readonly kind: "conflict" }
  | OverBudget;

export interface StarterParts {
  readonly storage: DurableObjectStorage;
  readonly store: TaskStore;
  readonly account: Pick<TaskAccount, "open" | "withdrawal">;
  readonly remains: TaskRemains;
}

export class TaskStarter {
  readonly #parts: StarterParts;
  /** While one start waits for the ledger, the next one waits too, and then finds its task. */
  readonly #inTurn = createTurns();

  constructor(parts: StarterParts) {
    this.#parts = parts;
  }

  /** @throws Error when there was a task of this name, or when what came for it is going */
  start(start: TaskStart): Promise<StartOutcome> {
    return this.#inTurn(() => this.#startOnce(start));
  }

  async #startOnce(start: TaskStart): Promise<StartOutcome> {
    const { storage, store, account, remains } = this.#parts;
    const found = store.load();
    if (found) return foundOf(found, start);
    const withdrawal = account.withdrawal(start);
    await remains.expectStart(start, withdrawal);
    const reserved = await account.open(start);
    if (reserved.kind === "refused") {
      await remains.forsake(start.media_secret);
      return { ...reserved, kind: "over_budget" };
    }
    const state = startedTask(start, reserved.value, Date.now());
    try {
      storage.transactionSync(() => {
        remains.claim(start.media_secret);
        store.create(state);
      });
    } catch (error) {
      // Its request gave up meanwhile. What was set aside after that is known to nobody else.
      await remains.takeBack(start, withdrawal);
      throw error;
    }
    await storage.setAlarm(Date.now());
    logStarted(state);
    return { kind: "started", state, is_new: true };
  }
}

/** The same request finds its task. One that came without a key has a task of its own, also when it is told of it twice. */
function foundOf(state: TaskState, { owner, fingerprint }: TaskStart): StartOutcome {
  const isSame = state.owner === owner && state.fingerprint === fingerprint;
  return isSame ? { kind: "started", state, is_new: false } : { kind: "conflict" };
}
