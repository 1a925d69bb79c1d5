/** A model that turns out to be retired when it is asked for the first clips: the video is planned anew with its successor. */
import { withJob } from "./change.ts";
import { newJob, type TaskState } from "./state.ts";
import { longestWorkMs } from "./timing.ts";
import { modelReplacedWarning } from "./warnings.ts";

/**
 * Another model has other clips and takes other prompts, so these are written, and where its owner wants to, approved
 * anew. Clips are asked for side by side: the answer to the last of them decides.
 *
 * @param index of the clip whose request was answered with "no such model"
 * @returns null when nothing can stand in for the model, when the task is about to end, or when a clip may be paid for
 */
export function withSuccessor(state: TaskState, index: number, now: number): TaskState | null {
  const { successor, segments, ending, plan, warnings } = state;
  const isUntouched = segments.every(({ charged, lost_tries, operation }) =>
    charged === "no" && lost_tries.length === 0 && operation === null
  );
  if (!successor || ending || !isUntouched) return null;
  if (segments.some(({ submit }) => submit.started_at !== null)) {
    const notBefore = now + longestWorkMs.submit_clip;
    return withJob(state, { kind: "submit_clip", index }, (job) => ({ ...job, not_before: notBefore }));
  }
  return {
    ...state,
    status: "prompting",
    plan: successor,
    successor: null,
    segments: [],
    write_prompt: newJob(now),
    warnings: [...warnings, modelReplacedWarning(plan, successor)],
  };
}
