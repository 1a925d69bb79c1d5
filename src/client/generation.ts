/**
 * One video on its way. Await it for the finished task, iterate over it for each change, do both, or take its id and come
 * back later (`resume`). It is followed only while somebody awaits it or iterates over it.
 *
 *     const generation = generator.generateFromReferences({ referenceImages: ["ring.jpg"] });
 *     console.log(await generation.taskId);
 *     for await (const task of generation) console.log(task.status);
 *     const { step3_video_generation } = await generation;
 */
import { GenerationFailedError } from "./errors.ts";
import { SharedChanges } from "./shared-changes.ts";
import { hasEnded, type Task } from "./task.ts";
import type { Way } from "./way.ts";

export interface FollowOptions {
  /** Is told of the task as it was started, then of each change, while it is followed. What it throws ends the following. */
  readonly onProgress?: ((task: Task) => void) | undefined;
  /** Stops starting, following and waiting; a task that has started goes on. See `cancel` for its end. */
  readonly signal?: AbortSignal | undefined;
}

export class Generation implements PromiseLike<Task>, AsyncIterable<Task> {
  /** The task as it was started; known before anything is waited for. */
  readonly started: Promise<Task>;
  readonly taskId: Promise<string>;
  readonly #way: Pick<Way, "follow" | "cancel">;
  readonly #changes: Promise<SharedChanges>;
  #settled: Promise<Task> | null = null;

  constructor(
    way: Pick<Way, "follow" | "cancel">,
    start: (signal: AbortSignal) => Promise<Task>,
    { onProgress = () => {}, signal = new AbortController().signal }: FollowOptions = {},
  ) {
    this.#way = way;
    this.started = start(signal);
    this.taskId = this.started.then(({ task_id }) => task_id);
    this.#changes = this.started.then((task) => {
      return new SharedChanges(task, () => way.follow(task.task_id, signal), onProgress);
    });
    // Whoever awaits one of them is told; the others must not end the process as a failure nobody looks at.
    for (const promise of [this.started, this.taskId, this.#changes]) promise.catch(() => {});
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

  /** `then` with the second argument alone, as promises have it. */
  catch<Failure = never>(
    onFailed?: ((reason: unknown) => Failure | PromiseLike<Failure>) | null,
  ): Promise<Task | Failure> {
    return this.then(null, onFailed);
  }

  finally(onEnd?: (() => void) | null): Promise<Task> {
    return this.then().finally(onEnd);
  }

  /**
   * The task as it was started, then each change, until it is settled. A failed task is the last one here, and does not
   * throw. Who leaves the loop early, and does not await the generation either, stops following; the task goes on.
   */
  async *[Symbol.asyncIterator](): AsyncGenerator<Task, void> {
    yield* await this.#changes;
  }

  /** Gives the task up; what is already paid for is kept. */
  async cancel(): Promise<Task> {
    return await this.#way.cancel(await this.taskId);
  }

  async #settle(): Promise<Task> {
    let last = await this.started;
    for await (const task of await this.#changes) last = task;
    return succeededOrThrown(last);
  }
}

/** @throws GenerationFailedError */
function succeededOrThrown(task: Task): Task {
  const { error } = task;
  if (hasEnded(task) && error) throw new GenerationFailedError({ ...task, error });
  return task;
}
