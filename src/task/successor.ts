/** A model that turns out to be retired when it is asked for the first clips: the video is planned anew with its successor. */
import { withJob, withSegment } from "./change.ts";
import { newJob, type TaskState } from "./state.ts";
import { longestWorkMs } from "./timing.ts";
import { modelReplacedWarning, planWarnings, squareCode, withoutPlanWarnings } from "./warnings.ts";

/**
 * Another model has other clips and takes other prompts, so these are written, and where its owner wants to, approved
 * anew. Clips are asked for side by side: the answer to the last of them decides.
 *
 * @param index of the clip whose request was answered with "no such model"
 * @returns null when nothing can stand in for the model, when the task is about to end, or when a clip may be paid for
 */
export function withSuccessor(state: TaskState, index: number, now: number): TaskState | null {
  const { successors, segments, ending } = state;
  const isUntouched = segments.every(({ charged, lost_tries, operation }) =>
    charged === "no" && lost_tries.length === 0 && operation === null
  );
  if (successors.length === 0 || ending || !isUntouched) return null;
  const isAnyUnderWay = segments.some(({ submit }) => submit.started_at !== null);
  return isAnyUnderWay ? waitingForTheOthers(state, index, now) : plannedAnew(state, now);
}

function waitingForTheOthers(state: TaskState, index: number, now: number): TaskState {
  const notBefore = now + longestWorkMs.submit_clip;
  return withJob(
    state,
    { kind: "submit_clip", index },
    (job) => ({ ...job, not_before: notBefore, absent_since: now }),
  );
}

/** Those that waited for an answer that turned out otherwise ask again at once. */
export function withoutWaiting(state: TaskState, now: number): TaskState {
  return state.segments.reduce((current, { submit }, index) => {
    if (submit.absent_since === null) return current;
    return withSegment(current, index, (segment) => ({
      ...segment,
      submit: { ...submit, not_before: now, absent_since: null },
    }));
  }, state);
}

function plannedAnew(state: TaskState, now: number): TaskState {
  const { successors: [successor, ...others], plan, warnings, request } = state;
  if (!successor) return state;
  // Whether squares are cropped is the deployment's, and said already where it is so.
  const transformsSquares = plan.square && !warnings.some(({ code }) => code === squareCode);
  return {
    ...state,
    status: "prompting",
    plan: successor,
    successors: others,
    segments: [],
    write_prompt: newJob(now),
    warnings: [
      ...withoutPlanWarnings(warnings),
      modelReplacedWarning(plan, successor, request.review),
      ...planWarnings(successor, request.quality, transformsSquares),
    ],
  };
}
