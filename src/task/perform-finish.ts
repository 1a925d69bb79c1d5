/** How the stored clips become the video. */
import { type Outcome, succeeded } from "../upstream/outcome.ts";
import { finishVideo } from "../video/finish/finish-video.ts";
import type { SquareMaker } from "../video/finish/make-square.ts";
import { squareTransformer } from "../video/finish/transform-square.ts";
import { neededSegments } from "./actions.ts";
import { videoFileName } from "./file-names.ts";
import type { PerformDependencies } from "./perform.ts";
import type { FinishedVideo, TaskState } from "./state.ts";

export async function finishClips(
  state: TaskState,
  { bucket, media, log }: PerformDependencies,
): Promise<Outcome<FinishedVideo>> {
  const finished = await finishVideo({
    bucket,
    mediaSecret: state.media_secret,
    taskId: state.task_id,
    log,
    clips: clipsToFinish(state),
    durationSeconds: state.plan.duration_seconds,
    square: state.plan.square ? squareMaker(media) : null,
    fileName: videoFileName(state),
  });
  if (!finished.ok) return finished;
  const { video, original, squareBy } = finished.value;
  return succeeded({ ...video, original, square_by: squareBy });
}

function squareMaker(media: MediaBinding | null): SquareMaker {
  return media ? { kind: "transform", transform: squareTransformer(media) } : { kind: "crop" };
}

function clipsToFinish(state: TaskState) {
  return neededSegments(state).map(({ clip, shown_seconds }) => {
    if (!clip) throw new Error("The video was to be finished before its clips were stored.");
    return { key: clip.key, bytes: clip.bytes, shownSeconds: shown_seconds };
  });
}
