/** The effects of a task: each action asks one upstream, or stores one file, and ends in one event. */
import { createImageAnalyst } from "../analysis/image.ts";
import { createVideoAnalyst, inlineBytesMaximum, uploadedVideoSchema } from "../analysis/video.ts";
import { type Settings, upstreamSettings } from "../env.ts";
import { ServiceError } from "../errors.ts";
import { logFailure } from "../log.ts";
import { createPromptWriter } from "../prompt/write.ts";
import { attachmentOf, mediaKey } from "../storage/task-files.ts";
import { failed, type Outcome, succeeded } from "../upstream/outcome.ts";
import { openVideoModel } from "../veo/open.ts";
import { finishVideo } from "../video/finish/finish-video.ts";
import type { SquareMaker } from "../video/finish/make-square.ts";
import { squareTransformer } from "../video/finish/transform-square.ts";
import { storeClip } from "../video/store-clip.ts";
import { type Action, neededSegments } from "./actions.ts";
import { clipFileName, videoFileName } from "./file-names.ts";
import type { Event } from "./settle.ts";
import type { FinishedVideo, Segment, TaskState } from "./state.ts";

export interface PerformDependencies {
  /** Read anew for each action: a deployment may have changed them since the task began. */
  readonly settings: () => Settings;
  readonly bucket: R2Bucket;
  /** Cloudflare Media Transformations, where the deployment has it. */
  readonly media: MediaBinding | null;
  readonly fetch: typeof fetch;
}

/**
 * Performs one action on the state it was begun with.
 *
 * Adapters return their faults; what is thrown all the same is a failure of R2 or of this code. It is logged, and counts
 * as passing, except for a submit: there it leaves open whether the request got out.
 */
export async function performAction(
  action: Action,
  state: TaskState,
  dependencies: PerformDependencies,
): Promise<Event> {
  const guarded = <Value>(work: () => Promise<Outcome<Value>>) => guard(action, state, work);
  switch (action.kind) {
    case "analyse_image":
      return {
        kind: "image_analysed",
        index: action.index,
        outcome: await guarded(() => analyseImage(action.index, state, dependencies)),
      };
    case "upload_video":
      return {
        kind: "video_uploaded",
        outcome: await guarded(() => videoAnalyst(dependencies).upload(videoAttachment(state, dependencies))),
      };
    case "check_video_file":
      return {
        kind: "video_file_checked",
        outcome: await guarded(() => videoAnalyst(dependencies).fileState(uploadedVideo(state))),
      };
    case "analyse_video":
      return { kind: "video_analysed", outcome: await guarded(() => analyseVideo(state, dependencies)) };
    case "remove_video_file":
      return {
        kind: "video_file_removed",
        outcome: await guarded(() => videoAnalyst(dependencies).remove(uploadedVideo(state))),
      };
    case "write_prompt":
      return { kind: "prompts_written", outcome: await guarded(() => writePrompts(state, dependencies)) };
    case "submit_clip":
      return {
        kind: "clip_submitted",
        index: action.index,
        outcome: await guarded(() => submitClip(action.index, state, dependencies)),
      };
    case "poll_clip":
      return {
        kind: "clip_polled",
        index: action.index,
        outcome: await guarded(() => videoModel(state, dependencies).status(segmentAt(state, action.index).operation)),
      };
    case "store_clip":
      return {
        kind: "clip_stored",
        index: action.index,
        outcome: await guarded(() => fetchClip(action.index, state, dependencies)),
      };
    case "finish_video":
      return { kind: "video_finished", outcome: await guarded(() => finishClips(state, dependencies)) };
  }
}

async function guard<Value>(
  action: Action,
  state: TaskState,
  work: () => Promise<Outcome<Value>>,
): Promise<Outcome<Value>> {
  try {
    return await work();
  } catch (error) {
    // Thrown before anything was sent.
    if (error instanceof ServiceError && error.code === "not_configured") return failed("unauthorized", error.message);
    logFailure("action_failed", error, { task_id: state.task_id, action: action.kind });
    return failed(action.kind === "submit_clip" ? "interrupted" : "unavailable", "an unplanned failure, see the log");
  }
}

function analyseImage(index: number, state: TaskState, { settings, bucket, fetch }: PerformDependencies) {
  const image = state.images[index];
  if (!image) throw new Error(`There is no picture ${index + 1}.`);
  return createImageAnalyst({ ...upstreamSettings(settings(), "openai"), fetch }).analyse({
    attachment: attachmentOf(bucket, image.reference),
    orientation: image.reference.orientation,
    position: index + 1,
    of: state.images.length,
    useCase: state.request.use_case,
  });
}

async function analyseVideo(state: TaskState, dependencies: PerformDependencies) {
  const analyst = videoAnalyst(dependencies);
  const attachment = videoAttachment(state, dependencies);
  if (attachment.bytes <= inlineBytesMaximum) return await analyst.analyse({ inline: attachment });
  return await analyst.analyse({ file: uploadedVideo(state) });
}

function writePrompts(state: TaskState, { settings, fetch }: PerformDependencies) {
  if (!state.merged) throw new Error("The prompts were asked for before the merge.");
  return createPromptWriter({ ...upstreamSettings(settings(), "openai"), fetch }).write({
    merged: state.merged,
    useCase: state.request.use_case,
    additionalPrompt: state.request.additional_prompt,
    framing: state.request.aspect_ratio,
    segments: state.plan.segments.map(({ kind, seconds, shown_seconds }) => ({
      kind,
      seconds,
      shownSeconds: shown_seconds,
    })),
    tokensMaximum: state.plan.prompt_tokens_maximum,
    imageCount: state.images.length,
  });
}

function submitClip(index: number, state: TaskState, dependencies: PerformDependencies) {
  const segment = segmentAt(state, index);
  return videoModel(state, dependencies).start({
    model: state.plan.model,
    prompt: segment.prompt,
    aspectRatio: state.plan.aspect_ratio,
    resolution: state.plan.resolution,
    source: segment.kind === "extend"
      ? { kind: "clip", file: segmentAt(state, index - 1).clip_file }
      : { kind: "references", pictures: picturesOf(state, dependencies.bucket), seconds: segment.seconds },
  });
}

function picturesOf({ images }: TaskState, bucket: R2Bucket) {
  return images.map(({ reference }) => attachmentOf(bucket, reference));
}

function fetchClip(index: number, state: TaskState, dependencies: PerformDependencies) {
  return storeClip({
    open: () => videoModel(state, dependencies).open(segmentAt(state, index).clip_file),
    bucket: dependencies.bucket,
    key: mediaKey(state.media_secret, `clip-${index + 1}.mp4`),
    fileName: clipFileName(state, index),
    taskId: state.task_id,
  });
}

async function finishClips(state: TaskState, { bucket, media }: PerformDependencies): Promise<Outcome<FinishedVideo>> {
  const finished = await finishVideo({
    bucket,
    mediaSecret: state.media_secret,
    taskId: state.task_id,
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

function videoModel(state: TaskState, { settings, fetch }: PerformDependencies) {
  return openVideoModel(state.plan.provider, settings(), fetch);
}

function videoAnalyst({ settings, fetch }: PerformDependencies) {
  return createVideoAnalyst({ ...upstreamSettings(settings(), "gemini"), fetch });
}

function videoAttachment(state: TaskState, { bucket }: PerformDependencies) {
  if (!state.video_reference) throw new Error("There is no reference video.");
  return attachmentOf(bucket, state.video_reference.reference);
}

function uploadedVideo(state: TaskState) {
  return uploadedVideoSchema.parse(state.video_reference?.file);
}

function segmentAt(state: TaskState, index: number): Segment {
  const segment = state.segments[index];
  if (!segment) throw new Error(`There is no segment ${index}.`);
  return segment;
}
