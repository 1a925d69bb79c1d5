/** What follows when a clip will not come, from this try or at all. Pure. */
import type { Charged } from "../errors.ts";
import { providerRows } from "../veo/providers.ts";
import { neededSegments, openClipWork } from "./actions.ts";
import { withCharged, withSegment } from "./change.ts";
import { clipLost } from "./clip-endings.ts";
import { canceled, cancelTask, failTask } from "./endings.ts";
import { newJob, type Segment, type TaskState } from "./state.ts";
import { type Ending, hasEnded } from "./status.ts";
import { clipTriesMaximum } from "./timing.ts";
import { drainingWarning, withMadeAgain } from "./warnings.ts";

/**
 * A clip that ended without a video is made again alone; the others go on meanwhile.
 *
 * @param ending how the task ends if this try was the last
 * @param notBefore when it is asked for again, milliseconds since 1970
 */
export function makeAgain(
  state: TaskState,
  index: number,
  charged: Charged,
  ending: Ending,
  now: number,
  notBefore: number = now,
): TaskState {
  const tries = (state.segments[index]?.lost_tries.length ?? 0) + 1;
  if (tries >= clipTriesMaximum || state.ending) return giveUp(withCharged(state, index, charged), index, ending, now);
  const warnings = withMadeAgain(state.warnings, index + 1, state.segments.length, charged);
  return withSegment({ ...state, warnings }, index, (segment) => afresh(segment, charged, notBefore, now));
}

function afresh(segment: Segment, charged: Charged, notBefore: number, now: number): Segment {
  return {
    ...segment,
    status: "pending",
    lost_tries: [...segment.lost_tries, charged],
    submit: { ...newJob(notBefore), waits_for: notBefore > now ? "upstream_unavailable" : null },
    submitted_at: null,
    charged: "no",
    operation: null,
    poll: newJob(now),
  };
}

/** This clip will not come, so neither will the video. What is already under way may be paid for: it is waited for. */
export function giveUp(state: TaskState, index: number, ending: Ending, now: number): TaskState {
  const next = withSegment(state, index, (segment) => ({ ...segment, status: "failed" }));
  if (state.ending) return endedWhenSafe(next, now);
  const settled = endedWhenSafe({ ...next, ending }, now);
  if (hasEnded(settled)) return settled;
  return { ...settled, warnings: [...settled.warnings, drainingWarning(index + 1, state.segments.length)] };
}

/** The task at its end, if that is decided and nothing that may be paid for is left to be fetched. */
export function endedWhenSafe(state: TaskState, now: number): TaskState {
  const { ending } = state;
  if (!ending || openClipWork(state).length > 0) return state;
  return ending.code === canceled.code ? cancelTask(state, now) : failTask(state, ending, now);
}

/** A clip that was made but could not be fetched in time: the end of the task, unless a later clip holds it. */
export function loseClip(state: TaskState, index: number, now: number): TaskState {
  const isNeeded = neededSegments(state).some((segment) => segment === state.segments[index]);
  if (isNeeded) return giveUp(state, index, clipLost(providerRows[state.plan.provider].who), now);
  return endedWhenSafe(withSegment(state, index, (segment) => ({ ...segment, status: "failed" })), now);
}
