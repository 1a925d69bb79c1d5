/**
 * From a few reference pictures to a finished video: the library's one class.
 *
 * Whatever it throws on purpose is a `Veo31Error`: `RequestRefusedError` when the request cannot be used, and
 * `ConnectionError` when a deployment gives no answer of its own, after what can be asked twice was asked a few times. An
 * abort is thrown as the signal's own reason.
 */
import { createDeploymentWay } from "./deployment/deployment-way.ts";
import { type FollowOptions, Generation } from "./generation.ts";
import type { DirectOptions, GeneratorOptions } from "./options.ts";
import type { Order, PromptEdits, Wishes } from "./order.ts";
import type { Capabilities, Estimate, OpenedVideo, Task } from "./task.ts";
import type { Way } from "./way.ts";

export class Veo31VideoGenerator {
  readonly #way: () => Promise<Way>;

  /**
   * @param options a deployment's `baseUrl` and `apiKey`, or the upstreams' own keys for work without a server
   * @throws TypeError for a `baseUrl` or an `apiKey` that cannot be used
   */
  constructor(options: GeneratorOptions) {
    if ("baseUrl" in options) {
      const way = createDeploymentWay(options);
      this.#way = () => Promise.resolve(way);
    } else {
      let way: Promise<Way> | null = null;
      this.#way = () => way ??= openDirectWay(options);
    }
  }

  /**
   * Asks for a video, at once. The answer can be awaited, iterated over, or left alone after its `taskId` is known. An order
   * whose answer was lost is sent again with the same key, so it is never paid for twice.
   */
  generateFromReferences(order: Order, options: FollowOptions = {}): Generation {
    return this.#generation(async (way, signal) => await way.start(order, signal), options);
  }

  /** Takes up a task that was started before, here or elsewhere; also one that waited to be approved. */
  resume(taskId: string, options: FollowOptions = {}): Generation {
    return this.#generation(async (way, signal) => await way.status(taskId, signal), options);
  }

  /** @throws RequestRefusedError `not_found` */
  async checkStatus(taskId: string, options: { readonly signal?: AbortSignal } = {}): Promise<Task> {
    return await (await this.#way()).status(taskId, options.signal);
  }

  /** How a video would be made and what it would cost, before anything is sent. */
  async estimate(wishes: Wishes = {}, options: { readonly signal?: AbortSignal } = {}): Promise<Estimate> {
    return await (await this.#way()).estimate(wishes, options.signal);
  }

  /** What can be asked for now: models, lengths, ratios, limits, prices. */
  async capabilities(options: { readonly signal?: AbortSignal } = {}): Promise<Capabilities> {
    return await (await this.#way()).capabilities(options.signal);
  }

  /**
   * Lets the prompts of a task that waits for it go out, as they are or edited. It goes on then; see `resume`.
   *
   * @throws RequestRefusedError `wrong_state` when it does not wait
   */
  async approve(taskId: string, edits: PromptEdits | null = null): Promise<Task> {
    return await (await this.#way()).approve(taskId, edits);
  }

  /**
   * Stops what can still be stopped.
   *
   * @throws RequestRefusedError `wrong_state` when it has ended
   */
  async cancel(taskId: string): Promise<Task> {
    return await (await this.#way()).cancel(taskId);
  }

  /** Deletes a task with its references and its video. */
  async remove(taskId: string): Promise<void> {
    await (await this.#way()).remove(taskId);
  }

  /**
   * Before a process ends that makes videos itself: begins nothing more, and waits until what was asked for is answered and
   * noted, so that nothing paid for is left unknown. `resume` goes on with the tasks. A deployment goes on by itself.
   */
  async rest(): Promise<void> {
    await (await this.#way()).rest();
  }

  /**
   * The finished video of a task, to be read once.
   *
   * @throws RequestRefusedError `wrong_state` when it has none, `not_found` when it has expired
   */
  async openVideo(task: Task, options: { readonly signal?: AbortSignal } = {}): Promise<OpenedVideo> {
    return await (await this.#way()).openVideo(task, options.signal);
  }

  #generation(start: (way: Way, signal: AbortSignal) => Promise<Task>, options: FollowOptions): Generation {
    const lazily = lazyWay(this.#way);
    return new Generation(lazily, async (signal) => await start(await this.#way(), signal), options);
  }
}

/** Loaded only by who needs it: it brings the upstreams' SDKs along. */
async function openDirectWay(options: DirectOptions): Promise<Way> {
  const { createDirectWay } = await import("./direct/direct-way.ts");
  return await createDirectWay(options);
}

/** The parts of a way that a generation needs, of a way that is still being opened. */
function lazyWay(open: () => Promise<Way>): Pick<Way, "follow" | "cancel"> {
  return {
    async *follow(taskId, signal) {
      yield* (await open()).follow(taskId, signal);
    },
    cancel: async (taskId) => await (await open()).cancel(taskId),
  };
}
