/**
 * One video on its way. Await it for the finished task, iterate over it for each change, or take its id first and come
 * back later (`resume`).
 *
 *     const generation = generator.generateFromReferences({ referenceImages: ["ring.jpg"] });
 *     console.log(await generation.taskId);
 *     for await (const task of generation) console.log(task.status);
 *     const { step3_video_generation } = await generation;
 */
import { GenerationFailedError } from "./errors.ts";
import type { Task } from "./task.ts";
import { hasEnded, isSettled } from "./task.ts";
import type { Way } from "./way.ts";

export interface FollowOptions {
  /** Is told of the task as it is, and of each change. */
  readonly onProgress?: (task: Task) => void;
  /** Stops starting, following and waiting; a task that has started goes on. See `cancel` for its end. */
  readonly signal?: AbortSignal;
}

export class Generation implements PromiseLike<Task>, AsyncIterable<Task> {
  /** The task as it was started; known before anything is waited for. */
  readonly started: Promise<Task>;
  readonly taskId: Promise<string>;
  readonly #way: Pick<Way, "follow" | "cancel">;
  readonly #options: FollowOptions;
  readonly #signal: AbortSignal;
  #settled: Promise<Task> | null = null;

  constructor(
    way: Pick<Way, "follow" | "cancel">,
    start: (signal: AbortSignal) => Promise<Task>,
    options: FollowOptions = {},
  ) {
    this.#way = way;
    this.#options = options;
    this.#signal = options.signal ?? new AbortController().signal;
    this.started = start(this.#signal);
    this.taskId = this.started.then(({ task_id }) => task_id);
    // Whoever awaits one of them is told; the other must not end the process as a failure nobody looks at.
    this.started.catch(() => {});
    this.taskId.catch(() => {});
  }

  /**
   * The task that succeeded; or that waits to be approved, when a review was asked for.
   *
   * @throws GenerationFailedError when it ended without its video, and whatever starting and following throw
   */
  then<Result = Task, Failure = never>(
    onDone?: ((task: Task) => Result | PromiseLike<Result>) | null,
    onFailed?: ((reason: unknown) => Failure | PromiseLike<Failure>) | null,
  ): Promise<Result | Failure> {
    this.#settled ??= this.#settle();
    return this.#settled.then(onDone, onFailed);
  }

  /** Each change, until the task is settled. A failed task is the last one here, and does not throw. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Task, void> {
    const started = await this.started;
    for await (const task of this.#way.follow(started.task_id, this.#signal)) yield task;
  }

  /** Gives the task up; what is already paid for is kept. */
  async cancel(): Promise<Task> {
    return await this.#way.cancel(await this.taskId);
  }

  async #settle(): Promise<Task> {
    let last = await this.started;
    this.#options.onProgress?.(last);
    if (!isSettled(last)) {
      for await (const task of this.#way.follow(last.task_id, this.#signal)) {
        this.#options.onProgress?.(task);
        last = task;
      }
    }
    return succeededOrThrown(last);
  }
}

/** @throws GenerationFailedError */
function succeededOrThrown(task: Task): Task {
  const { error } = task;
  if (hasEnded(task) && error) throw new GenerationFailedError({ ...task, error });
  return task;
}
