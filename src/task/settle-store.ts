/** What follows from fetching a finished clip. Pure. */
import type { Fault, Outcome } from "../upstream/outcome.ts";
import { withSegment } from "./change.ts";
import { endedWhenSafe, loseClip } from "./lost-clips.ts";
import { retryClipWork } from "./retry-clip-work.ts";
import type { StoredClip, TaskState } from "./state.ts";
import {
  absenceDeadlineMs,
  downloadDeadlineMs,
  downloadRetryMaximumMs,
  downloadRetryShare,
  faultsMaximum,
} from "./timing.ts";

/**
 * A paid clip is fetched again and again while the upstream still has it; a server that slept past that time tries more
 * than once all the same. A clip that the video does not need (a later one holds it) is given up without a harm.
 */
export function settleClipStored(
  state: TaskState,
  index: number,
  outcome: Outcome<StoredClip>,
  now: number,
): TaskState {
  if (outcome.ok) {
    const clip = outcome.value;
    return endedWhenSafe(withSegment(state, index, (segment) => ({ ...segment, status: "succeeded", clip })), now);
  }
  const { fault } = outcome;
  if (isLost(state, index, fault, now)) return loseClip(state, index, now);
  const spentMs = now - (state.segments[index]?.completed_at ?? now);
  const earliest = now + Math.min(spentMs * downloadRetryShare, downloadRetryMaximumMs);
  return retryClipWork(state, { kind: "store_clip", index }, fault, earliest, now);
}

function isLost({ segments }: TaskState, index: number, fault: Fault, now: number): boolean {
  const { store: job, completed_at } = segments[index] ?? {};
  if (!job) return true;
  const isGone = fault.kind === "not_found" && now >= (job.absent_since ?? now) + absenceDeadlineMs;
  const isOverdue = now >= (completed_at ?? now) + downloadDeadlineMs;
  return isGone || (isOverdue && job.faults + job.quota_answers + 1 >= faultsMaximum);
}
