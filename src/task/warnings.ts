/** What a customer should know, though nothing is wrong. Pure. */
import type { Charged } from "../errors.ts";
import type { StoredImage } from "../references/schema.ts";
import type { ModelName } from "../veo/capabilities.ts";
import type { ModelChoice } from "../veo/choose-model.ts";
import type { Plan } from "../veo/plan.ts";
import type { Quality } from "../video-wish.ts";
import type { FinishedVideo, TaskState } from "./state.ts";
import type { Warning } from "./status.ts";

/**
 * What the plan itself brings with it.
 *
 * @param transformsSquares whether squares are made by Cloudflare Media Transformations, which every player shows right
 */
export function planWarnings(plan: Plan, quality: Quality, transformsSquares: boolean): Warning[] {
  const { structure, segments, square, resolution } = plan;
  const isReduced = structure === "single_take" && segments.length > 1 && quality === "high";
  const isCropped = square && !transformsSquares;
  return [...(isReduced ? [reducedWarning(resolution)] : []), ...(isCropped ? [squareWarning] : [])];
}

/** For a plan that is no longer followed. */
export function withoutPlanWarnings(warnings: readonly Warning[]): Warning[] {
  return warnings.filter(({ code }) => code !== reducedCode && code !== squareCode);
}

/** @param images in the order of the references */
export function referenceWarnings(images: readonly StoredImage[]): Warning[] {
  return images.flatMap(({ orientation }, index) => orientation === 1 ? [] : [rotatedWarning(index + 1)]);
}

/** One frame of Veo's 24 a second: the contract's tolerance of a video's length. */
const frameSeconds = 1 / 24;
/** Floating point's own error. */
const epsilonSeconds = 0.001;

/** What turned out when the video was made, and is not said yet. */
export function finishWarnings(
  { plan, warnings }: Pick<TaskState, "plan" | "warnings">,
  video: FinishedVideo,
): Warning[] {
  const isToldOfSquare = warnings.some(({ code }) => code === squareWarning.code);
  const isCropped = video.square_by === "crop" && !isToldOfSquare;
  return [...durationWarnings(plan.duration_seconds, video.duration_seconds), ...(isCropped ? [squareWarning] : [])];
}

function durationWarnings(promised: number, made: number): Warning[] {
  if (Math.abs(made - promised) <= frameSeconds + epsilonSeconds) return [];
  const rounded = Math.round(made * 100) / 100;
  return [{
    code: "duration_differs",
    message: `The model's clips were shorter than promised: the video has ${rounded} s, not ${promised} s.`,
  }];
}

/**
 * What a clip that is made again adds to the warnings.
 *
 * @param position of the clip, from 1
 * @param charged whether the lost try cost money
 */
export function withMadeAgain(
  warnings: readonly Warning[],
  position: number,
  of: number,
  charged: Charged,
): Warning[] {
  const isTold = warnings.some(({ code }) => code === lostTryWarning.code);
  return [
    ...warnings,
    {
      code: "clip_made_again",
      message: `${clipOf(position, of)} ended without a video, so it is asked for once more.`,
    },
    ...(charged === "no" || isTold ? [] : [lostTryWarning]),
  ];
}

const lostTryWarning: Warning = {
  code: "lost_try_unknown",
  message: "Whether a try that ended without a video was charged is not known.",
};

/** While the task still runs although its end is decided. */
export function drainingWarning(position: number, of: number): Warning {
  return {
    code: "clip_failed",
    message: `${clipOf(position, of)} cannot be made, so there is no video. ` +
      "Clips that were being made already are fetched and kept.",
  };
}

/** While the task still runs although its owner gave it up. */
export function cancelingWarning(canBeStopped: boolean): Warning {
  const rest = canBeStopped
    ? "Clips that are already being made are to be stopped; one that is ready all the same is fetched and kept."
    : "Clips that are already being made cannot be stopped, so they are fetched and kept before the task ends.";
  return { code: cancelingCode, message: `The task is being cancelled. Nothing more is asked for. ${rest}` };
}

export const cancelingCode = "canceling";

/** Another model than the one that is set makes the video. */
export function modelReplacedWarning(wanted: ModelName, used: ModelName, isReviewedAgain = false): Warning {
  const again = isReviewedAgain ? " Its prompts are written anew and wait to be approved again." : "";
  return {
    code: "model_replaced",
    message:
      `${wanted.model} is no longer available to this deployment, so its successor ${used.model} makes the video.${again}`,
  };
}

/** What there is to say of the model that makes the video. */
export function choiceWarnings({ offer, state, replaces }: ModelChoice): Warning[] {
  if (replaces) return [modelReplacedWarning(replaces, offer)];
  return state === "retired" ? [modelRetiredWarning(offer)] : [];
}

/** Not told by an error only when the task ends: whoever asks what a video would cost learns it too. */
function modelRetiredWarning({ model }: ModelName): Warning {
  return {
    code: "model_retired",
    message: `${model} seems to be no longer available to this deployment, and nothing may or can stand in for it.`,
  };
}

export const analysedByGeminiWarning: Warning = {
  code: "analysed_by_gemini",
  message: "This deployment has no OpenAI key, so Gemini looks at the pictures and writes the prompt.",
};

function clipOf(position: number, of: number): string {
  return of === 1 ? "The clip" : `Clip ${position} of ${of}`;
}

export const squareCode = "square_players";
const reducedCode = "resolution_reduced";

const squareWarning: Warning = {
  code: squareCode,
  message: "The square is cropped without re-encoding: players based on Chromium may show rows from the top instead " +
    "of the middle, most others show it right.",
};

function reducedWarning(resolution: string): Warning {
  return { code: reducedCode, message: `One take of several clips is possible at ${resolution} only.` };
}

/** The bytes go to the models as they are: a Worker cannot turn a picture without decoding it. */
function rotatedWarning(position: number): Warning {
  return {
    code: "reference_rotated",
    message: `Picture ${position} is stored turned, with a note (EXIF) how to show it. ` +
      "The video model may not read that note; an upright copy is safer.",
  };
}
