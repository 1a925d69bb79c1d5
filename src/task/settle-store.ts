/** What follows from fetching a finished clip. Pure. */
import type { Fault, Outcome } from "../upstream/outcome.ts";
import { neededSegments } from "./actions.ts";
import { withSegment } from "./change.ts";
import { endedWhenSafe, loseClip } from "./lost-clips.ts";
import { isLastLateTry, retryClipWork, type VainTry } from "./retry-clip-work.ts";
import type { StoredClip, TaskState } from "./state.ts";
import { absenceDeadlineMs, downloadDeadlineMs, downloadRetryMaximumMs, downloadRetryShare } from "./timing.ts";

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
    const stored = withSegment(state, index, (segment) => ({ ...segment, status: "succeeded", clip }));
    // Only now it may show that a clip which was given up before would be needed all the same.
    const lost = stored.segments.findIndex((segment) =>
      segment.status === "failed" && neededSegments(stored).includes(segment)
    );
    return lost < 0 || stored.ending ? endedWhenSafe(stored, now) : loseClip(stored, lost, now);
  }
  const { fault } = outcome;
  const vain = fetchedInVain(state, index, fault, now);
  if (isLost(state, index, vain, now)) return loseClip(state, index, now);
  return retryClipWork(state, { kind: "store_clip", index }, fault, vain, now);
}

function fetchedInVain({ segments }: TaskState, index: number, fault: Fault, now: number): VainTry {
  const { store, completed_at } = segments[index] ?? {};
  const spentMs = now - (completed_at ?? now);
  return {
    earliest: now + Math.min(spentMs * downloadRetryShare, downloadRetryMaximumMs),
    isLate: spentMs >= downloadDeadlineMs,
    absentSince: fault.kind === "not_found" ? store?.absent_since ?? now : null,
  };
}

function isLost({ segments }: TaskState, index: number, { isLate, absentSince }: VainTry, now: number): boolean {
  const job = segments[index]?.store;
  if (!job) return true;
  const isGone = absentSince !== null && now >= absentSince + absenceDeadlineMs;
  return isGone || (isLate && isLastLateTry(job));
}
