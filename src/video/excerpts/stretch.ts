/** A piece of the time of a video. */
export interface Stretch {
  readonly start_seconds: number;
  readonly end_seconds: number;
}

/** Of motion, less than this shows nothing: 12 frames of 24 a second. */
export const worthSeconds = 0.5;

export function lengthOf({ start_seconds, end_seconds }: Stretch): number {
  return end_seconds - start_seconds;
}

/** How much of `stretch` lies in `other`, seconds. */
export function overlapOf(stretch: Stretch, other: Stretch): number {
  const start = Math.max(stretch.start_seconds, other.start_seconds);
  return Math.max(0, Math.min(stretch.end_seconds, other.end_seconds) - start);
}
