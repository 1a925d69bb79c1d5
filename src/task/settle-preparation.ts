/** What follows from an analysis and from the prompts. Pure. */
import { mergeAnalyses } from "../analysis/merge.ts";
import type { ImageAnalysis, VideoAnalysis } from "../analysis/schema.ts";
import type { UploadedFile } from "../upstream/google-files.ts";
import { failed, type Fault, type Outcome } from "../upstream/outcome.ts";
import type { PlanSegment } from "../veo/plan.ts";
import type { Action } from "./actions.ts";
import { withFault, withImage, withJob, withVideo } from "./change.ts";
import { endingOf, failTask, type WorkName } from "./endings.ts";
import { answered, isOverdue, isWorthRepeating } from "./job.ts";
import { type Job, newJob, type Segment, type TaskState } from "./state.ts";
import { approvalDeadlineMs, fileCheckIntervalMs, preparationDeadlineMs } from "./timing.ts";

const openai = { who: "OpenAI", keySetting: "OPENAI_API_KEY", modelSetting: "OPENAI_MODEL" };
const gemini = { who: "Gemini", keySetting: "GEMINI_API_KEY", modelSetting: "GEMINI_MODEL" };
const analysts = { openai, gemini };

const videoAnalysisName: WorkName = {
  ...gemini,
  what: "the analysis of the reference video",
  code: "analysis_failed",
  onRefusal: "Use another video, or none.",
};

const promptWork = {
  what: "the prompt",
  code: "prompt_failed",
  onRefusal: "Change the additional text or the pictures.",
} as const;

export function settleImageAnalysed(
  state: TaskState,
  index: number,
  outcome: Outcome<ImageAnalysis>,
  now: number,
): TaskState {
  if (outcome.ok) {
    const { value } = outcome;
    return merged(withImage(state, index, (image) => ({ ...image, analysis: value })), now);
  }
  return repeatOrFail(state, { kind: "analyse_image", index }, state.images[index]?.analyse, outcome.fault, {
    ...analysts[state.analyst],
    what: `the analysis of picture ${index + 1}`,
    code: "analysis_failed",
    onRefusal: "Use another picture.",
  }, now);
}

export function settleVideoUploaded(
  state: TaskState,
  outcome: Outcome<UploadedFile>,
  now: number,
): TaskState {
  if (outcome.ok) {
    const { value } = outcome;
    return withVideo(state, (video) => ({ ...video, file: value, check: newJob(now) }));
  }
  const fault = ofFile(outcome.fault);
  return repeatOrFail(state, { kind: "upload_video" }, state.video_reference?.upload, fault, videoAnalysisName, now);
}

export function settleVideoFileChecked(
  state: TaskState,
  outcome: Outcome<"processing" | "active" | "failed">,
  now: number,
): TaskState {
  const action: Action = { kind: "check_video_file" };
  const job = state.video_reference?.check;
  if (!outcome.ok) return repeatOrFail(state, action, job, ofFile(outcome.fault), videoAnalysisName, now);
  switch (outcome.value) {
    case "active":
      return withVideo(state, (video) => ({ ...video, file_active: true }));
    case "processing":
      return job && isLate(job, stillProcessing, now)
        ? failTask(state, endingOf(stillProcessing, videoAnalysisName), now)
        : withJob(state, action, (current) => answered(current, now + fileCheckIntervalMs));
    case "failed":
      return failTask(state, endingOf(failed("refused", "").fault, videoAnalysisName), now);
  }
}

const { fault: stillProcessing } = failed("unavailable", "the file is still being processed");

/** Where files are kept, "not found" speaks of the file; only where a model is asked does it mean a retired one. */
function ofFile(fault: Fault): Fault {
  return fault.kind === "not_found" ? { ...fault, kind: "unavailable" } : fault;
}

/** Google forgets the file in two days by itself: a task does not fail because it could not be removed before. */
export function settleVideoFileRemoved(state: TaskState, outcome: Outcome<null>, now: number): TaskState {
  const job = state.video_reference?.remove;
  if (!outcome.ok && job && isWorthRepeating(job, outcome.fault) && !isLate(job, outcome.fault, now)) {
    return withFault(state, { kind: "remove_video_file" }, outcome.fault, now);
  }
  return withVideo(state, (video) => ({ ...video, file: null }));
}

export function settleVideoAnalysed(state: TaskState, outcome: Outcome<VideoAnalysis>, now: number): TaskState {
  if (outcome.ok) {
    const { value } = outcome;
    return merged(withVideo(state, (video) => ({ ...video, analysis: value })), now);
  }
  return repeatOrFail(
    state,
    { kind: "analyse_video" },
    state.video_reference?.analyse,
    outcome.fault,
    videoAnalysisName,
    now,
  );
}

export function settlePromptsWritten(state: TaskState, outcome: Outcome<readonly string[]>, now: number): TaskState {
  if (!outcome.ok) {
    return repeatOrFail(state, { kind: "write_prompt" }, state.write_prompt, outcome.fault, {
      ...analysts[state.analyst],
      ...promptWork,
    }, now);
  }
  const prompts = outcome.value;
  const segments = state.plan.segments.map((planned, index) => newSegment(planned, prompts[index] ?? "", now));
  const { review } = state.request;
  return {
    ...state,
    status: review ? "awaiting_approval" : "generating",
    approve_by: review ? now + approvalDeadlineMs : null,
    segments,
  };
}

/** With the last analysis in, all of them are merged and the prompt is due. */
function merged(state: TaskState, now: number): TaskState {
  const images = state.images.flatMap(({ analysis }) => analysis ? [analysis] : []);
  if (images.length < state.images.length || (state.video_reference && !state.video_reference.analysis)) return state;
  const merge = mergeAnalyses(images, state.video_reference?.analysis ?? null);
  return { ...state, status: "prompting", merged: merge, write_prompt: newJob(now) };
}

function newSegment(planned: PlanSegment, prompt: string, now: number): Segment {
  return {
    ...planned,
    status: "pending",
    prompt,
    lost_tries: [],
    submit: newJob(now),
    submitted_at: null,
    charged: "no",
    operation: null,
    poll: newJob(now),
    completed_at: null,
    clip_file: null,
    store: newJob(now),
    clip: null,
    excerpts: null,
    cancel: null,
  };
}

function repeatOrFail(
  state: TaskState,
  action: Action,
  job: Job | undefined,
  fault: Fault,
  name: WorkName,
  now: number,
): TaskState {
  if (job && isWorthRepeating(job, fault) && !isLate(job, fault, now)) return withFault(state, action, fault, now);
  return failTask(state, endingOf(fault, name), now);
}

function isLate(job: Job, fault: Fault, now: number): boolean {
  return isOverdue(job, fault, now, preparationDeadlineMs);
}
