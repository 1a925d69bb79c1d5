/**
 * Which stretches of a video are cut out of it. Pure. Without re-encoding a stretch can begin only at a keyframe, and
 * videos have one every few seconds, or only one: so what is aimed at is often shown in part.
 */
import type { ExcerptLimits } from "../../veo/model.ts";
import { chooseTargets } from "./choose-targets.ts";
import { lengthOf, overlapOf, type Stretch, worthSeconds } from "./stretch.ts";

type Limits = Pick<ExcerptLimits, "countMaximum" | "secondsMaximum">;

/** How much less of a target may be seen for each second that an excerpt begins nearer to where the target does. */
const nearness = 0.25;

/** An excerpt that shows even less of what is to be followed would have other things followed. */
const shareMinimum = 1 / 3;

/**
 * @param beats what happens when, seconds; in any order, and not always what can be
 * @param keyframes where a stretch can begin, seconds, ascending
 * @param durationSeconds of the video
 * @returns in order, not overlapping, each at least half a second long and beginning at a keyframe; none when from no
 *   keyframe enough of the beats can be seen
 */
export function chooseStretches(
  beats: readonly Stretch[],
  keyframes: readonly number[],
  durationSeconds: number,
  limits: Limits,
): Stretch[] {
  const spans = spansOf(beats, durationSeconds);
  const aimed = chooseTargets(spans, limits).map((target) => bestFor(target, keyframes, limits.secondsMaximum));
  let chosen = stretchesFrom(aimed.filter((keyframe) => keyframe !== null), spans, limits);
  // Targets that are all seen from one keyframe leave excerpts for what else happens.
  while (chosen.length < limits.countMaximum) {
    const more = withOneMore(chosen, keyframes, spans, limits);
    if (!more) break;
    chosen = more;
  }
  return chosen;
}

/** Beats in order, without what lies outside of the video or overlaps; the whole video when nothing is left. */
function spansOf(beats: readonly Stretch[], durationSeconds: number): Stretch[] {
  const spans: Stretch[] = [];
  for (const beat of beats.toSorted((one, other) => one.start_seconds - other.start_seconds)) {
    const start = Math.max(beat.start_seconds, spans.at(-1)?.end_seconds ?? 0);
    // What happens in an instant is seen with what follows it.
    const end = Math.min(Math.max(beat.end_seconds, beat.start_seconds + worthSeconds), durationSeconds);
    if (end > start) spans.push({ start_seconds: start, end_seconds: end });
  }
  return spans.length > 0 ? spans : [{ start_seconds: 0, end_seconds: durationSeconds }];
}

function bestFor(target: Stretch, keyframes: readonly number[], secondsMaximum: number): number | null {
  let best: { keyframe: number; score: number } | null = null;
  for (const keyframe of keyframes) {
    const seen = overlapOf({ start_seconds: keyframe, end_seconds: keyframe + secondsMaximum }, target);
    const score = seen - nearness * Math.abs(keyframe - target.start_seconds);
    if (seen > 0 && (!best || score > best.score)) best = { keyframe, score };
  }
  return best && best.keyframe;
}

/** With the stretch from which most is seen that would not be seen otherwise; null when none is worth it. */
function withOneMore(
  chosen: readonly Stretch[],
  keyframes: readonly number[],
  spans: readonly Stretch[],
  limits: Limits,
): Stretch[] | null {
  const starts = chosen.map(({ start_seconds }) => start_seconds);
  let best: { stretches: Stretch[]; seen: number } | null = null;
  for (const keyframe of keyframes) {
    if (starts.includes(keyframe)) continue;
    const stretches = stretchesFrom([...starts, keyframe], spans, limits);
    const seen = seenOf(stretches, spans);
    if (stretches.length > chosen.length && (!best || seen > best.seen)) best = { stretches, seen };
  }
  return best && best.seen >= seenOf(chosen, spans) + worthSeconds ? best.stretches : null;
}

/**
 * Each as long as it may be: to the next one, and not beyond the last thing that is to be seen in it. What shows too
 * little is left out.
 */
function stretchesFrom(keyframes: readonly number[], spans: readonly Stretch[], { secondsMaximum }: Limits): Stretch[] {
  const starts = [...new Set(keyframes)].toSorted((one, other) => one - other);
  return starts.map((start, index) => {
    const limit = Math.min(start + secondsMaximum, starts[index + 1] ?? Infinity);
    const last = spans.findLast((span) => span.start_seconds < limit);
    return { start_seconds: start, end_seconds: Math.min(limit, last?.end_seconds ?? limit) };
  }).filter((stretch) => {
    return seenOf([stretch], spans) >= Math.max(worthSeconds, lengthOf(stretch) * shareMinimum);
  });
}

/** How much of what happens is seen, seconds. */
function seenOf(stretches: readonly Stretch[], spans: readonly Stretch[]): number {
  return stretches.reduce((sum, stretch) => sum + spans.reduce((all, span) => all + overlapOf(stretch, span), 0), 0);
}
