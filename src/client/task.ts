/** A task as a program gets it. */
import type { Capabilities, Estimate } from "../task/offer-view.ts";
import type { TaskView } from "../task/view.ts";

export type { Capabilities, Estimate };

/**
 * A video on its way, in the words of the HTTP API: `step1_analysis`, `step2_prompt`,
 * `step3_video_generation.video_url`. Where the video is made in this process, there are no `links`, and nothing expires by
 * itself.
 */
export interface Task extends Omit<TaskView, "links" | "expires_at"> {
  readonly links: TaskView["links"] | null;
  readonly expires_at: string | null;
}

/** A finished video that is being read. */
export interface OpenedVideo {
  readonly body: ReadableStream<Uint8Array>;
  /** Null when it is not known before the end. */
  readonly bytes: number | null;
  readonly contentType: "video/mp4";
  /** A readable name to save it under: `gemstone-closeup-16x9-10s.mp4` */
  readonly fileName: string;
}

/** Whether the task waits for nobody and nothing any more. */
export function hasEnded({ status }: Pick<Task, "status">): boolean {
  return status === "succeeded" || status === "failed" || status === "canceled";
}

/** Whether following it makes no sense for now: it ended, or a person has to read its prompts. */
export function isSettled(task: Pick<Task, "status">): boolean {
  return hasEnded(task) || task.status === "awaiting_approval";
}
