/** What is asked of the video model for one clip, and how the clip comes into R2. */
import { watchedSecondsMaximum } from "../analysis/video-limits.ts";
import { beatsByShot } from "../prompt/reference-motion.ts";
import { attachmentOf, mediaKey } from "../storage/task-files.ts";
import { type Outcome, succeeded } from "../upstream/outcome.ts";
import type { ClipSource, Operation, ReferenceMotion } from "../veo/model.ts";
import { providerRows } from "../veo/providers.ts";
import { noteGone } from "../veo/watch-models.ts";
import { storeExcerpts } from "../video/excerpts/store-excerpts.ts";
import { storeClip } from "../video/store-clip.ts";
import { clipFileName } from "./file-names.ts";
import type { PerformDependencies } from "./perform.ts";
import { promptOrderOf } from "./prompt-order.ts";
import type { Segment, TaskState } from "./state.ts";

/** @param tellExcerpts is told how many excerpts of the reference video go along, when it is cut */
export function submitClip(
  index: number,
  state: TaskState,
  dependencies: PerformDependencies,
  tellExcerpts: (count: number) => void,
) {
  return videoModel(state, dependencies).start({
    model: state.plan.model,
    prompt: segmentAt(state, index).prompt,
    aspectRatio: state.plan.aspect_ratio,
    resolution: state.plan.resolution,
    source: sourceOf(index, state, dependencies, tellExcerpts),
    isWanted: dependencies.isWanted,
  });
}

/** A model that is gone is remembered for the tasks to come; that this fails changes nothing for the present one. */
export async function rememberGone({ plan, task_id }: TaskState, dependencies: PerformDependencies): Promise<void> {
  const { bucket, settings, log } = dependencies;
  try {
    await noteGone({ bucket, settings: settings(), now: Date.now(), log }, plan);
  } catch (error) {
    log.failure("retirement_not_noted", error, { task_id });
  }
}

export function lookForClip(index: number, state: TaskState, dependencies: PerformDependencies) {
  return videoModel(state, dependencies).status(segmentAt(state, index).operation);
}

export function fetchClip(index: number, state: TaskState, dependencies: PerformDependencies) {
  return storeClip({
    open: () => videoModel(state, dependencies).open(segmentAt(state, index).clip_file),
    bucket: dependencies.bucket,
    key: mediaKey(state.media_secret, `clip-${index + 1}.mp4`),
    fileName: clipFileName(state, index),
    taskId: state.task_id,
    log: dependencies.log,
  });
}

/** A provider that cannot stop a clip is not asked to: then there is nothing to do. */
export async function cancelClip(
  index: number,
  state: TaskState,
  dependencies: PerformDependencies,
): Promise<Outcome<null>> {
  return await videoModel(state, dependencies).cancel?.(segmentAt(state, index).operation) ?? succeeded(null);
}

export async function forgetCopy(
  index: number,
  state: TaskState,
  dependencies: PerformDependencies,
): Promise<Outcome<null>> {
  const copy = state.copies[index];
  if (!copy) throw new Error(`There is no copy ${index}.`);
  const model = videoModel(state, dependencies);
  // What was given up after its deadline may still be in the making.
  if (!isMade(copy.operation, state)) await model.cancel?.(copy.operation);
  return await model.forget?.(copy.operation) ?? succeeded(null);
}

function isMade(operation: Operation, { segments }: TaskState): boolean {
  const made = segments.filter(({ clip_file }) => clip_file !== null);
  return made.some((segment) => JSON.stringify(segment.operation) === JSON.stringify(operation));
}

function sourceOf(
  index: number,
  state: TaskState,
  dependencies: PerformDependencies,
  tellExcerpts: (count: number) => void,
): ClipSource {
  const { kind, seconds } = segmentAt(state, index);
  if (kind === "extend") return { kind: "clip", file: segmentAt(state, index - 1).clip_file, seconds };
  const pictures = state.images.map(({ reference }) => attachmentOf(dependencies.bucket, reference));
  return { kind: "references", pictures, seconds, motion: motionOf(index, state, dependencies, tellExcerpts) };
}

/**
 * The clip follows what the reference video does at the same time; where nothing happens then, it follows nothing. Of a
 * video without any beats each clip is shown what is spread evenly over what was watched of it.
 */
function motionOf(
  index: number,
  state: TaskState,
  { bucket, inTurn, log }: PerformDependencies,
  tellExcerpts: (count: number) => void,
): ReferenceMotion | null {
  if (!state.video_reference) return null;
  const { reference } = state.video_reference;
  const beats = beatsByShot(promptOrderOf(state))[index] ?? [];
  if (beats.length === 0 && state.merged?.motion?.beats.length) return null;
  const isWatchedWhole = reference.duration_seconds <= watchedSecondsMaximum;
  const shown = beats.length > 0 || isWatchedWhole ? beats : [watchedBeginning];
  const place = { bucket, mediaSecret: state.media_secret, segment: index + 1 };
  return {
    async cut(limits) {
      const excerpts = await inTurn(() => storeExcerpts(reference, shown, limits, place)).catch((error: unknown) => {
        // The adapter only learns that there are none.
        log.failure("excerpts_not_cut", error, { task_id: state.task_id });
        throw error;
      });
      tellExcerpts(excerpts.length);
      return excerpts;
    },
  };
}

const watchedBeginning = { start_seconds: 0, end_seconds: watchedSecondsMaximum };

function videoModel(state: TaskState, { settings, fetch }: PerformDependencies) {
  return providerRows[state.plan.provider].open(settings(), fetch);
}

function segmentAt(state: TaskState, index: number): Segment {
  const segment = state.segments[index];
  if (!segment) throw new Error(`There is no segment ${index}.`);
  return segment;
}
