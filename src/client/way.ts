/** The two ways to a video have one face: a deployment of the service makes it, or this process does. */
import type { Order, PromptEdits, Wishes } from "./order.ts";
import type { Capabilities, Estimate, OpenedVideo, Task } from "./task.ts";

export interface Way {
  /**
   * Takes the references in and starts the task.
   *
   * @throws RequestRefusedError when something is wrong with the order; nothing was started then
   */
  start(order: Order, signal: AbortSignal): Promise<Task>;
  /** @throws RequestRefusedError `not_found` */
  status(taskId: string, signal?: AbortSignal): Promise<Task>;
  /** The task as it is, then after each change; ends after the state in which it is settled (`isSettled`). */
  follow(taskId: string, signal: AbortSignal): AsyncIterable<Task>;
  estimate(wishes: Wishes, signal?: AbortSignal): Promise<Estimate>;
  capabilities(signal?: AbortSignal): Promise<Capabilities>;
  approve(taskId: string, edits: PromptEdits | null): Promise<Task>;
  cancel(taskId: string): Promise<Task>;
  /** Deletes the task and its files. */
  remove(taskId: string): Promise<void>;
  /** Lets go of the tasks that this process makes; see `Veo31VideoGenerator.rest`. */
  rest(): Promise<void>;
  /** @throws RequestRefusedError `wrong_state` when it has no video */
  openVideo(task: Task, signal?: AbortSignal): Promise<OpenedVideo>;
}
