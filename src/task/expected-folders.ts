/**
 * Folders of files that came for a task and are not its own yet: one row each, because several requests with one
 * `Idempotency-Key` may bring the same files at the same time, and the task starts with those of one of them.
 */
import { z } from "zod";

const prefix = "expected/";

const rowSchema = z.object({
  /** When the folder goes, milliseconds since 1970, unless the task has started with it. */
  due_at: z.number(),
  /** Whether it is being removed, or may be: then nothing starts with it any more. */
  is_going: z.boolean(),
  // What a later version wrote must not keep a task from moving: such a folder goes.
}).catch({ due_at: 0, is_going: true });

type Row = z.infer<typeof rowSchema>;

export class ExpectedFolders {
  readonly #storage: DurableObjectStorage;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
  }

  /** Notes when a folder goes. One that is already being removed stays so. */
  expect(mediaSecret: string, dueAt: number): void {
    if (!this.#load(mediaSecret)?.is_going) this.#save(mediaSecret, { due_at: dueAt, is_going: false });
  }

  /**
   * Gives a folder time until it is claimed.
   *
   * @throws Error when it is gone, or being removed
   */
  prolong(mediaSecret: string, dueAt: number): void {
    this.#requireThere(mediaSecret);
    this.#save(mediaSecret, { due_at: dueAt, is_going: false });
  }

  /** Nothing starts with this folder any more: its files may go from now on, and what is left of them goes then. */
  forsake(mediaSecret: string, dueAt: number): void {
    this.#save(mediaSecret, { due_at: dueAt, is_going: true });
  }

  /**
   * The task starts with this folder.
   *
   * @throws Error when it is gone, or being removed
   */
  claim(mediaSecret: string): void {
    this.#requireThere(mediaSecret);
    this.drop(mediaSecret);
  }

  /** The secrets of the folders that are to go now; they are marked, so that nothing starts with them any more. */
  takeDue(now: number): string[] {
    const due = this.#rows().filter(([, row]) => row.due_at <= now);
    for (const [secret, row] of due) this.#save(secret, { ...row, is_going: true });
    return due.map(([secret]) => secret);
  }

  drop(mediaSecret: string): void {
    this.#storage.kv.delete(prefix + mediaSecret);
  }

  /** When the next folder goes; Infinity when none is left. */
  nextDueAt(): number {
    return Math.min(...this.#rows().map(([, { due_at }]) => due_at));
  }

  #requireThere(mediaSecret: string): void {
    if (this.#load(mediaSecret)?.is_going !== false) throw new Error("What came for this task is gone, or going.");
  }

  #load(mediaSecret: string): Row | null {
    const stored = this.#storage.kv.get(prefix + mediaSecret);
    return stored === undefined ? null : rowSchema.parse(stored);
  }

  #save(mediaSecret: string, row: Row): void {
    this.#storage.kv.put(prefix + mediaSecret, row);
  }

  #rows(): [secret: string, row: Row][] {
    return [...this.#storage.kv.list({ prefix })].map(([key, row]) => [key.slice(prefix.length), rowSchema.parse(row)]);
  }
}
