/**
 * What a task's object keeps: its state, and each state in which a client saw something new, so that a listener who was
 * away is told what it missed. Reading a task that is not there writes nothing.
 */
import { applyStep, type Changed } from "./apply-step.ts";
import { type Removable, removableSchema } from "./removal.ts";
import { type TaskState, taskStateSchema } from "./state.ts";

const stateKey = "task";

/** Rows are states as JSON; the number is the state's `revision`. */
const changesTable = "create table if not exists changes (revision integer primary key, state text not null)";

/**
 * A task has some tens of changes, more only when it waits for a quota for hours. Whoever was away for longer than this is
 * told how the task is now.
 */
const changesMaximum = 200;

export class TaskStore {
  readonly #storage: DurableObjectStorage;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
  }

  /** @throws ZodError when an earlier or later version wrote what this one cannot read */
  load(): TaskState | null {
    const stored = this.#storage.kv.get(stateKey);
    return stored === undefined ? null : taskStateSchema.parse(stored);
  }

  /** Whether there is a task, also one that cannot be read. */
  isEmpty(): boolean {
    return this.#storage.kv.get(stateKey) === undefined;
  }

  create(state: TaskState): void {
    this.#storage.transactionSync(() => this.#save(state, true));
  }

  /**
   * Applies a pure step to the stored truth as it is now, and saves the result if it is another, with what follows from
   * when it is saved: revision, time of the change, timeline.
   *
   * @returns null when there is no task (any more)
   */
  change(step: (state: TaskState) => TaskState, now: number): Changed | null {
    const before = this.load();
    if (!before) return null;
    const changed = applyStep(before, step, now);
    const { state, isVisible } = changed;
    if (state !== before) this.#storage.transactionSync(() => this.#save(state, isVisible));
    return changed;
  }

  /** What is needed to remove the task, also when the rest of its row cannot be read; null when there is none. */
  identity(): Removable | null {
    return removableSchema.safeParse(this.#storage.kv.get(stateKey)).data ?? null;
  }

  /** The states that a client saw after this revision, in order; null when that is not known (any more). */
  changesAfter(revision: number): TaskState[] | null {
    this.#storage.sql.exec(changesTable);
    const changes = this.#storage.sql.exec<{ revision: number; state: string }>(
      "select revision, state from changes where revision >= ? order by revision",
      revision,
    ).toArray();
    if (changes[0]?.revision !== revision) return null;
    return changes.slice(1).map(({ state }) => taskStateSchema.parse(JSON.parse(state)));
  }

  /** Forgets the task. What follows from work that is still under way finds nothing to change. */
  forget(): void {
    this.#storage.transactionSync(() => {
      this.#storage.kv.delete(stateKey);
      this.#storage.sql.exec("drop table if exists changes");
    });
  }

  #save(state: TaskState, isVisible: boolean): void {
    this.#storage.kv.put(stateKey, state);
    if (!isVisible) return;
    this.#storage.sql.exec(changesTable);
    this.#storage.sql.exec("insert into changes values (?, ?)", state.revision, JSON.stringify(state));
    this.#storage.sql.exec("delete from changes where revision <= ?", state.revision - changesMaximum);
  }
}
