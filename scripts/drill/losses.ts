/** What of one task is lost: itself, its video, a clip that was made, or the truth about its cost. Pure. */
import { hasEnded } from "../../src/task/status.ts";
import { type SegmentClips, videosOf } from "./clips-by-task.ts";
import type { StartedTask, TaskAtTheEnd } from "./evidence.ts";

/** @returns a sentence for each loss */
export function findLosses(task: StartedTask, asked: readonly SegmentClips[]): string[] {
  const { atTheEnd, isDeleted, isCancelled, remains } = task;
  if (isDeleted) return remains.length > 0 ? [`It was deleted, but still answers: ${remains.join(", ")}.`] : [];
  if (!atTheEnd) return ["Its status is 404, but nobody deleted it."];
  if (!hasEnded(atTheEnd)) return [];
  return [
    ...(atTheEnd.status === "canceled" && !isCancelled ? ["It was cancelled, but not by its owner."] : []),
    ...findVideoLoss(atTheEnd),
    ...findUntruths(atTheEnd, asked),
    ...findForeignPrompts(atTheEnd, asked),
    ...undelivered(atTheEnd, asked).filter((clips) => !isHonest(atTheEnd, clips))
      .map((clips) => describeUndelivered(atTheEnd, clips)),
  ];
}

/** @returns the clips that were made and are not delivered, where the task says that this may be so */
export function findHonestLosses({ atTheEnd, isDeleted }: StartedTask, asked: readonly SegmentClips[]): SegmentClips[] {
  if (isDeleted || !atTheEnd || !hasEnded(atTheEnd)) return [];
  return undelivered(atTheEnd, asked).filter((clips) => isHonest(atTheEnd, clips));
}

function findVideoLoss({ status, video }: TaskAtTheEnd): string[] {
  if (status !== "succeeded") return [];
  if (!video) return ["It succeeded without a video."];
  return video.problem === null ? [] : [`It succeeded, but its video: it ${video.problem}.`];
}

function findUntruths({ charged }: TaskAtTheEnd, asked: readonly SegmentClips[]): string[] {
  const videos = asked.flatMap(videosOf).length;
  if (charged === "no" && videos > 0) return [`It says that nothing was charged, but clips were made: ${videos}.`];
  if (charged === "yes" && videos === 0) return ["It says that it was charged, but no clip was made."];
  return [];
}

function findForeignPrompts({ segments }: TaskAtTheEnd, asked: readonly SegmentClips[]): string[] {
  const foreign = asked.filter(({ prompt }) => !segments.some((segment) => segment.prompt === prompt));
  return foreign.map(() => "A clip was accepted for a prompt that none of its segments has.");
}

/** What was made, and is neither in the video nor at the address of its segment. */
function undelivered({ status, structure, segments }: TaskAtTheEnd, asked: readonly SegmentClips[]): SegmentClips[] {
  if (status === "succeeded") return [];
  return asked.filter((clips) => {
    const index = segments.findIndex(({ prompt }) => prompt === clips.prompt);
    if (index < 0 || videosOf(clips).length === 0) return false;
    // An extended clip holds what came before it.
    const holders = segments.slice(index, structure === "single_take" ? undefined : index + 1);
    return !holders.some(({ clip }) => clip !== null && clip.problem === null);
  });
}

/** Endings that say that a clip was made, or may have been, and could not be had in time. */
const endingsThatSay: readonly (string | null)[] = ["download_failed", "deadline_exceeded"];

/** A task need not deliver what it cannot know of; but it has to say that it may have cost money. */
function isHonest({ code, charged }: TaskAtTheEnd, clips: SegmentClips): boolean {
  return charged !== "no" && (endingsThatSay.includes(code) || !videosOf(clips).some(({ isAnswered }) => isAnswered));
}

function describeUndelivered({ segments }: TaskAtTheEnd, { prompt }: SegmentClips): string {
  const position = segments.findIndex((segment) => segment.prompt === prompt) + 1;
  return `Clip ${position} of ${segments.length} was made and is not delivered, and the task does not say so.`;
}
