/** Starting a clip that nothing is wrong with, in any dialect. */
import { type ClipShape, hasClip } from "./clips.ts";
import { googleError, tooManyClips } from "./google-errors.ts";
import type { Ending, StoredOperation } from "./operation-store.ts";
import type { Sandbox } from "./sandbox.ts";

/** A clip to make. */
export interface ClipOrder
  extends Pick<StoredOperation, "dialect" | "model" | "prompt" | "samples" | "delivery" | "storage_uri"> {
  readonly shape: ClipShape;
  /** The video that it extends, of those that were made here. */
  readonly source: StoredOperation | null;
}

/** @returns why the clip cannot be started now or not here, or null */
export function findStartProblem(sandbox: Sandbox, shape: ClipShape): Response | null {
  if (!hasClip(shape)) {
    const message =
      "The sandbox has 720p up to 64 s and 1080p up to 15 s, and neither 360p nor 4k; the real one can do more.";
    return googleError("UNIMPLEMENTED", message);
  }
  const { concurrent_clips } = sandbox.settings.limits;
  const isFull = concurrent_clips !== null && sandbox.operations.countRunning(sandbox.now()) >= concurrent_clips;
  return isFull ? tooManyClips() : null;
}

/**
 * @param idPrefix what the dialect's ids begin with
 * @returns the id of the operation
 */
export function startClip(sandbox: Sandbox, order: ClipOrder, ending: Ending, idPrefix = ""): string {
  const { shape, source, ...asked } = order;
  const id = idPrefix + newId();
  const now = sandbox.now();
  const { clip_ms, file_processing_ms } = sandbox.settings.latencies;
  if (source) sandbox.operations.keep(source.file_id, now);
  const doneAt = now + clip_ms;
  sandbox.operations.add({
    ...{ id, ...asked, ...shape, ending, file_id: newId() },
    extensions: source ? source.extensions + 1 : 0,
    done_at: doneAt,
    // Only Omni's files are not ready at once.
    active_at: order.dialect === "omni" ? doneAt + file_processing_ms : doneAt,
  });
  return id;
}

/** In the form of Google's own ids. */
function newId(): string {
  return crypto.randomUUID().replaceAll("-", "").slice(0, 12);
}
