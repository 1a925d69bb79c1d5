/**
 * What is left to do for a task that its owner deleted, or that expired. The task itself is forgotten first, so nothing can
 * bring it back; this row stays until its files are gone too, from R2 and from Google.
 */
import { z } from "zod";
import { createVideoAnalyst, type UploadedVideo, uploadedVideoSchema } from "../analysis/video.ts";
import { upstreamSettings } from "../env.ts";
import { ServiceError } from "../errors.ts";
import { logEvent } from "../log.ts";
import { deletePrefix, mediaPrefix } from "../storage/task-files.ts";
import type { PerformDependencies } from "./perform.ts";
import { taskStateSchema } from "./state.ts";
import { removalPauseMaximumMs, removalPauseStepMs, removalTriesMaximum } from "./timing.ts";

export const removalSchema = z.object({
  task_id: z.string(),
  reason: z.enum(["deleted", "expired"]),
  media_secret: z.string(),
  /** Google's copy of the reference video. */
  video_file: uploadedVideoSchema.nullable(),
  /** Counted before each try, so that one which ends with the process counts too. */
  tries: z.number().int(),
});

export type Removal = z.infer<typeof removalSchema>;

/** What has to be known of a task to remove it; in every version of its row. */
export const removableSchema = z.object({
  task_id: z.string(),
  media_secret: z.string(),
  expires_at: z.number(),
  video_reference: z.object({ file: uploadedVideoSchema.nullable() }).nullable().catch(null),
  /** For the operator's log, which is then the only place that knows what it cost. */
  segments: taskStateSchema.shape.segments.catch([]),
});

export type Removable = z.infer<typeof removableSchema>;

export function newRemoval({ task_id, media_secret, video_reference }: Removable, reason: Removal["reason"]): Removal {
  return { task_id, reason, media_secret, video_file: video_reference?.file ?? null, tries: 0 };
}

/**
 * Removes what can be removed now.
 *
 * @returns whether nothing is left for another try
 * @throws what R2 failed with
 */
export async function performRemoval(removal: Removal, dependencies: PerformDependencies): Promise<boolean> {
  await deletePrefix(dependencies.bucket, mediaPrefix(removal.media_secret));
  const { video_file, tries, task_id } = removal;
  if (!video_file || await removeFromGoogle(video_file, dependencies)) return true;
  if (tries < removalTriesMaximum) return false;
  logEvent("video_file_not_removed", { task_id });
  return true;
}

/** How long after this try the next one comes: R2 is asked until it has deleted everything, but ever more rarely. */
export function removalPauseMs({ tries }: Removal): number {
  return Math.min(tries * removalPauseStepMs, removalPauseMaximumMs);
}

async function removeFromGoogle(file: UploadedVideo, { settings, fetch }: PerformDependencies): Promise<boolean> {
  try {
    const gemini = upstreamSettings(settings(), "gemini");
    return (await createVideoAnalyst({ ...gemini, fetch }).remove(file)).ok;
  } catch (error) {
    if (error instanceof ServiceError) return false;
    throw error;
  }
}
