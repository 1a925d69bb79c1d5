/**
 * What is left of a task that is not there any more, or that was expected and did not start: its files, its copies at Google
 * and what was set aside for it, until they are gone too. And of a task that an `Idempotency-Key` named: that there was one.
 */
import { logEvent, logFailure } from "../log.ts";
import { deletePrefix, mediaPrefix } from "../storage/task-files.ts";
import { ExpectedFolders } from "./expected-folders.ts";
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
import type { TaskStart } from "./state.ts";
import { expectedStartMs, nameMemoryMs, pauseBeforeSweepMs } from "./timing.ts";

type Start = Pick<TaskStart, "task_id" | "media_secret">;

export class TaskRemains {
  readonly #storage: DurableObjectStorage;
  readonly #rows: RemovalStore;
  readonly #folders: ExpectedFolders;
  readonly #dependencies: () => PerformDependencies;

  constructor(storage: DurableObjectStorage, dependencies: () => PerformDependencies) {
    this.#storage = storage;
    this.#rows = new RemovalStore(storage);
    this.#folders = new ExpectedFolders(storage);
    this.#dependencies = dependencies;
  }

  /** Whether there was a task here, and is none any more. */
  isOver(): boolean {
    const removal = this.#rows.load();
    return this.#rows.nameKeptUntil() !== null || (removal !== null && removal.reason !== "never_started");
  }

  /**
   * Files are about to be stored for a task that may never start with them. They go in an hour, unless it has.
   *
   * @throws Error when there was a task of this name
   */
  async expect(mediaSecret: string): Promise<void> {
    this.#requireNew();
    this.#folders.expect(mediaSecret, Date.now() + expectedStartMs);
    await this.#wakeBy(Date.now() + expectedStartMs);
  }

  /**
   * Something is about to be set aside for a task that starts with these files, or does not.
   *
   * @throws Error when there was a task of this name, and when the files are gone, or going
   */
  async expectStart(task: Start, settlement: Removal["settlement"]): Promise<void> {
    this.#requireNew();
    const dueAt = Date.now() + expectedStartMs;
    this.#folders.prolong(task.media_secret, dueAt);
    this.#noteStart(task, settlement, dueAt);
    await this.#wakeBy(dueAt);
  }

  /** What was expected has come to nothing after something was set aside: that is taken back. */
  async takeBack(task: Start, settlement: Removal["settlement"]): Promise<void> {
    const dueAt = Date.now() + pauseBeforeSweepMs;
    this.#noteStart(task, settlement, dueAt);
    await this.#wakeBy(dueAt);
  }

  /**
   * The task that was expected has started: what came for it is its own. Within the transaction that creates it.
   *
   * @throws Error when it is being removed already
   */
  claim(mediaSecret: string): void {
    if (this.#rows.load()?.tries !== 0) throw new Error("What came for this task is gone, or going.");
    this.#folders.claim(mediaSecret);
    this.#rows.drop();
  }

  /** No task will start with these files. */
  async forsake(mediaSecret: string): Promise<void> {
    const dueAt = Date.now() + pauseBeforeSweepMs;
    this.#folders.forsake(mediaSecret, dueAt);
    this.#rows.hasten(mediaSecret, dueAt);
    await this.#wakeBy(dueAt);
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

  /** Removes what is due and can be removed now. Nothing stays of what has no task and nothing left to remove. */
  async remove(): Promise<void> {
    for (const secret of this.#folders.takeDue(Date.now())) {
      await deletePrefix(this.#dependencies().bucket, mediaPrefix(secret));
      this.#folders.drop(secret);
    }
    const removal = this.#rows.countDueTry(Date.now());
    if (removal && await performRemoval(removal, this.#dependencies())) {
      this.#rows.dropOf(removal.media_secret);
      if (removal.is_named) this.#rows.keepName(Date.now() + nameMemoryMs);
      logEvent("task_removed", { task_id: removal.task_id });
    }
  }

  /** When it is tried again, milliseconds since 1970; Infinity when nothing is left. */
  nextTryAt(now: number): number {
    const removal = this.#rows.load();
    const retryAt = removal ? Math.max(removal.not_before, now + removalPauseMs(removal)) : Infinity;
    return Math.min(retryAt, this.#folders.nextDueAt(), this.#rows.nameKeptUntil() ?? Infinity);
  }

  /** Whether nothing is known here any more that is still of use. */
  isNothingLeft(now: number): boolean {
    const isNameKept = now < (this.#rows.nameKeptUntil() ?? 0);
    return this.#rows.load() === null && this.#folders.nextDueAt() === Infinity && !isNameKept;
  }

  #noteStart(task: Start, settlement: Removal["settlement"], dueAt: number): void {
    const tries = this.#rows.load()?.tries ?? 0;
    this.#rows.save({ ...expectedRemoval(task, dueAt), settlement, tries });
  }

  #requireNew(): void {
    if (this.isOver()) throw new Error("A task that was removed does not start again.");
  }

  /** Never later than the object wants to be woken anyway: its task may be running. */
  async #wakeBy(time: number): Promise<void> {
    const alarm = await this.#storage.getAlarm();
    if (alarm === null || alarm > time) await this.#storage.setAlarm(time);
  }
}
