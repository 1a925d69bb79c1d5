/** Which accepted clip is whose. Pure. */
import type { AcceptedClip } from "./evidence.ts";
import { findMark } from "./orders.ts";

/** All clips that were accepted for one segment of one task: they have the same prompt, and no other segment has it. */
export interface SegmentClips {
  readonly prompt: string;
  /** In the order in which they were accepted. */
  readonly accepted: readonly AcceptedClip[];
}

/** @returns by the mark of the task, its segments that clips were accepted for; under null those without a mark */
export function clipsByTask(clips: readonly AcceptedClip[]): Map<string | null, SegmentClips[]> {
  const byMark = Map.groupBy(clips, ({ prompt }) => findMark(prompt));
  return new Map([...byMark].map(([mark, own]) => [mark, clipsBySegment(own)]));
}

/** Every clip takes the sandbox equally long, so the one that is done first was accepted first. */
function clipsBySegment(clips: readonly AcceptedClip[]): SegmentClips[] {
  const byPrompt = Map.groupBy(clips, ({ prompt }) => prompt);
  return [...byPrompt].map(([prompt, accepted]) => ({
    prompt,
    accepted: accepted.toSorted((a, b) => a.done_at - b.done_at),
  }));
}

export function videosOf({ accepted }: SegmentClips): AcceptedClip[] {
  return accepted.filter(({ ending }) => ending === null);
}
