/** What is done before Veo is asked: the references are understood, the prompts written. */
import { createImageAnalyst } from "../analysis/image.ts";
import { createVideoAnalyst, inlineBytesMaximum, uploadedFileSchema } from "../analysis/video.ts";
import { upstreamSettings } from "../env.ts";
import { createPromptWriter } from "../prompt/write.ts";
import type { StoredVideo } from "../references/schema.ts";
import { attachmentOf } from "../storage/task-files.ts";
import { askGemini } from "../upstream/gemini-question.ts";
import { askOpenai } from "../upstream/openai-question.ts";
import type { Ask } from "../upstream/question.ts";
import type { PerformDependencies } from "./perform.ts";
import { promptOrderOf } from "./prompt-order.ts";
import type { TaskState } from "./state.ts";
import { wait } from "../wait.ts";

export function analyseImage(index: number, state: TaskState, dependencies: PerformDependencies) {
  const image = state.images[index];
  if (!image) throw new Error(`There is no picture ${index + 1}.`);
  return createImageAnalyst(ask(state, dependencies)).analyse({
    attachment: attachmentOf(dependencies.bucket, image.reference),
    orientation: image.reference.orientation,
    position: index + 1,
    of: state.images.length,
    useCase: state.request.use_case,
  });
}

export function uploadVideo(state: TaskState, dependencies: PerformDependencies) {
  return videoAnalyst(dependencies).upload(videoAttachment(state, dependencies));
}

export function checkVideoFile(state: TaskState, dependencies: PerformDependencies) {
  return videoAnalyst(dependencies).fileState(uploadedVideo(state));
}

export async function analyseVideo(state: TaskState, dependencies: PerformDependencies) {
  const analyst = videoAnalyst(dependencies);
  const attachment = videoAttachment(state, dependencies);
  const source = attachment.bytes <= inlineBytesMaximum ? { inline: attachment } : { file: uploadedVideo(state) };
  return await analyst.analyse(source, referenceVideo(state).duration_seconds);
}

export function removeVideoFile(state: TaskState, dependencies: PerformDependencies) {
  return videoAnalyst(dependencies).remove(uploadedVideo(state));
}

export function writePrompts(state: TaskState, dependencies: PerformDependencies) {
  return createPromptWriter(ask(state, dependencies)).write(promptOrderOf(state));
}

function ask({ analyst }: TaskState, { settings, fetch }: PerformDependencies): Ask {
  const options = { ...upstreamSettings(settings(), analyst), fetch };
  return analyst === "openai" ? askOpenai(options) : askGemini({ ...options, wait });
}

function videoAnalyst({ settings, fetch }: PerformDependencies) {
  return createVideoAnalyst({ ...upstreamSettings(settings(), "gemini"), fetch });
}

function videoAttachment(state: TaskState, { bucket }: PerformDependencies) {
  return attachmentOf(bucket, referenceVideo(state));
}

function referenceVideo(state: TaskState): StoredVideo {
  if (!state.video_reference) throw new Error("There is no reference video.");
  return state.video_reference.reference;
}

function uploadedVideo(state: TaskState) {
  return uploadedFileSchema.parse(state.video_reference?.file);
}
