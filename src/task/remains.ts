/**
 * What is left of a task that is not there any more, or that was expected and did not start: one row, until its files, its
 * copies at Google and what was set aside for it are gone too.
 */
import { logEvent, logFailure } from "../log.ts";
import { deletePrefix, mediaPrefix } from "../storage/task-files.ts";
import type { PerformDependencies } from "./perform.ts";
import {
  expectedRemoval,
  newRemoval,
  performRemoval,
  type Removable,
  type Removal,
  removalPauseMs,
} from "./removal.ts";
import { RemovalStore } from "./removal-store.ts";
import type { Event } from "./settle.ts";
import { expectedStartMs, pauseBeforeSweepMs } from "./timing.ts";

export class TaskRemains {
  readonly #storage: DurableObjectStorage;
  readonly #rows: RemovalStore;
  readonly #dependencies: () => PerformDependencies;

  constructor(storage: DurableObjectStorage, dependencies: () => PerformDependencies) {
    this.#storage = storage;
    this.#rows = new RemovalStore(storage);
    this.#dependencies = dependencies;
  }

  /**
   * Something is about to be stored or set aside for a task that may never start. It goes in an hour, unless it has.
   *
   * @throws Error when there was a task of this name
   */
  async expect(task: Pick<Removal, "task_id" | "media_secret">, settlement: Removal["settlement"]): Promise<void> {
    const found = this.#rows.load();
    if (found && found.reason !== "never_started") throw new Error("A task that was removed does not start again.");
    this.#rows.save({ ...expectedRemoval(task), tries: found?.tries ?? 0, settlement });
    await this.#storage.setAlarm(Date.now() + expectedStartMs);
  }

  /**
   * The task that was expected has started: what came for it is its own. Within the transaction that creates it.
   *
   * @throws Error when it is being removed already
   */
  claim(): void {
    if (this.#rows.load()?.tries !== 0) throw new Error("What came for this task is gone, or going.");
    this.#rows.drop();
  }

  /** The task that was expected will not start. */
  async forsake(): Promise<void> {
    await this.#storage.setAlarm(Date.now() + pauseBeforeSweepMs);
  }

  /** Takes over from a task, within the transaction that forgets it. */
  inherit(task: Removable, reason: Removal["reason"]): void {
    this.#rows.save(newRemoval(task, reason));
  }

  /** Of a task that was forgotten meanwhile, these are all that is known of it. */
  note(event: Event): void {
    if (event.kind === "video_uploaded" && event.outcome.ok) this.#rows.addFile(event.outcome.value);
    if (event.kind === "clip_submitted" && event.outcome.ok) this.#rows.addCopy(event.outcome.value);
  }

  /** Deletes the files of a task that was just forgotten, as far as they are there already. */
  async sweep({ task_id, media_secret }: Removable): Promise<void> {
    await this.#storage.setAlarm(Date.now() + pauseBeforeSweepMs);
    try {
      await deletePrefix(this.#dependencies().bucket, mediaPrefix(media_secret));
    } catch (error) {
      // The alarm deletes them again in any case, because work that is under way may still write one.
      logFailure("files_not_deleted", error, { task_id });
    }
  }

  /** Removes what can be removed now, and with the last of it the row. */
  async remove(): Promise<void> {
    const removal = this.#rows.countTry();
    if (!removal || !await performRemoval(removal, this.#dependencies())) return;
    await this.#storage.deleteAll();
    logEvent("task_removed", { task_id: removal.task_id });
  }

  /** When it is tried again, milliseconds since 1970; null when nothing is left. */
  nextTryAt(now: number): number | null {
    const removal = this.#rows.load();
    return removal && now + removalPauseMs(removal);
  }
}
