/** What a drill leaves behind, as the audit reads it: each started task as it is in the end, and each accepted clip. */
import type { Charged } from "../../src/errors.ts";
import type { TaskStatus } from "../../src/task/status.ts";
import type { Structure } from "../../src/video-wish.ts";

/** A clip that the stand-in accepted, and that the real Veo would have charged for unless it ended without a video. */
export interface AcceptedClip {
  readonly id: string;
  readonly prompt: string;
  /** How it ended; null when a video was made. */
  readonly ending: string | null;
  /** When it was done, milliseconds since 1970. */
  readonly done_at: number;
  /** Whether the answer to its submit arrived, so that the task knows of it. */
  readonly isAnswered: boolean;
}

/** A file as it was fetched. */
export interface FetchedFile {
  /** What was wrong with it, to be read after "it"; null when it came whole and was what it should be. */
  readonly problem: string | null;
}

export interface SegmentAtTheEnd {
  readonly prompt: string;
  /** The clip at its own address; null when the task gives none. */
  readonly clip: FetchedFile | null;
}

/** A task as its status says it is. */
export interface TaskAtTheEnd {
  readonly status: TaskStatus;
  /** Why it failed or was cancelled; null when it was not. */
  readonly code: string | null;
  readonly charged: Charged;
  /** Null where nobody knows. */
  readonly actualUsd: number | null;
  readonly structure: Structure;
  /** Empty until the prompts are written. */
  readonly segments: readonly SegmentAtTheEnd[];
  /** Of a task that succeeded: its video. */
  readonly video: FetchedFile | null;
}

/** A task whose start was answered. */
export interface StartedTask {
  readonly taskId: string;
  /** Stands in its prompts. */
  readonly mark: string;
  /** Whether its owner asked to cancel it. */
  readonly isCancelled: boolean;
  /** Whether its owner was told that it is deleted. */
  readonly isDeleted: boolean;
  /** Null when its status is 404. */
  readonly atTheEnd: TaskAtTheEnd | null;
  /** Of a deleted task: what of it still answers. */
  readonly remains: readonly string[];
}

export interface Evidence {
  readonly tasks: readonly StartedTask[];
  /** Marks of the orders whose answer was lost: whether a task was started, nobody knows. */
  readonly unanswered: readonly string[];
  readonly clips: readonly AcceptedClip[];
}
