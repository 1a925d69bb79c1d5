/** Whether one segment's clip was paid for more than once. Pure. */
import { type SegmentClips, videosOf } from "./clips-by-task.ts";

/** A clip that ended without a video is made once more, and not again. */
const acceptedMaximum = 2;

/** @returns what is wrong, a sentence, or null */
export function findRepeatedPayment(segment: SegmentClips): string | null {
  const { accepted } = segment;
  const videos = videosOf(segment).length;
  if (videos > 1) return `${videos} videos were made for one segment.`;
  if (accepted.length > acceptedMaximum) return `One segment was accepted ${accepted.length} times.`;
  const isAskedAgainForNothing = accepted.slice(0, -1).some(({ ending }) => ending === null);
  return isAskedAgainForNothing ? "A segment was asked for again although its video was being made." : null;
}
