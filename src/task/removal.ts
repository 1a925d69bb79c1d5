/**
 * What is left to do for a task that its owner deleted, or that expired. The task itself is forgotten first, so nothing can
 * bring it back; this row stays until its files are gone too, from R2 and from Google.
 */
import { z } from "zod";
import { createVideoAnalyst, type UploadedVideo, uploadedVideoSchema } from "../analysis/video.ts";
import { logEvent } from "../log.ts";
import { deletePrefix, mediaPrefix } from "../storage/task-files.ts";
import type { PerformDependencies } from "./perform.ts";
import type { TaskState } from "./state.ts";
import { removalTriesMaximum } from "./timing.ts";

export const removalSchema = z.object({
  task_id: z.string(),
  reason: z.enum(["deleted", "expired"]),
  media_secret: z.string(),
  /** Google's copy of the reference video. */
  video_file: uploadedVideoSchema.nullable(),
  tries: z.number().int(),
});

export type Removal = z.infer<typeof removalSchema>;

export function newRemoval({ task_id, media_secret, video_reference }: TaskState, reason: Removal["reason"]): Removal {
  return { task_id, reason, media_secret, video_file: video_reference?.file ?? null, tries: 0 };
}

/**
 * Removes what can be removed now.
 *
 * @returns what is left for another try; null when nothing is
 * @throws what R2 failed with; the row is kept then
 */
export async function performRemoval(removal: Removal, dependencies: PerformDependencies): Promise<Removal | null> {
  await deletePrefix(dependencies.bucket, mediaPrefix(removal.media_secret));
  const { video_file, tries, task_id } = removal;
  if (!video_file || await removeFromGoogle(video_file, dependencies)) return null;
  if (tries + 1 < removalTriesMaximum) return { ...removal, tries: tries + 1 };
  logEvent("video_file_not_removed", { task_id });
  return null;
}

async function removeFromGoogle(file: UploadedVideo, { settings, fetch }: PerformDependencies): Promise<boolean> {
  const { apiKey, ...gemini } = settings().gemini;
  return apiKey !== undefined && (await createVideoAnalyst({ ...gemini, apiKey, fetch }).remove(file)).ok;
}
