/**
 * What of a video is best shown in a few short excerpts, if they could begin anywhere. Pure.
 *
 * A beat is one movement; what tells most of it is how it begins. So an excerpt is aimed at the beginning of a beat, or
 * of some that are short enough to be seen together.
 */
import type { ExcerptLimits } from "../../veo/model.ts";
import { lengthOf, type Stretch } from "./stretch.ts";

type Limits = Pick<ExcerptLimits, "countMaximum" | "secondsMaximum">;

/** Beats are told in full seconds or tenths; a smaller hole between two of them is none. */
const holeSeconds = 0.25;

/**
 * @param spans what happens: in order, not overlapping, none empty
 * @returns in order, not overlapping; one can be longer than an excerpt: then any part of it will do, its beginning best
 */
export function chooseTargets(spans: readonly Stretch[], limits: Limits): Stretch[] {
  const scenes = shareExcerpts(spans, limits.secondsMaximum);
  if (scenes.length > limits.countMaximum) return spreadOut(scenes, limits.countMaximum);
  return shareOut(scenes, limits).flatMap(({ scene, share }) => divide(scene, share, limits.secondsMaximum));
}

/** Neighbours that fit into one excerpt together become one. */
function shareExcerpts(spans: readonly Stretch[], secondsMaximum: number): Stretch[] {
  const scenes: Stretch[] = [];
  for (const span of spans) {
    const last = scenes.at(-1);
    const isNear = last !== undefined && span.start_seconds - last.end_seconds < holeSeconds;
    if (isNear && span.end_seconds - last.start_seconds <= secondsMaximum) {
      scenes[scenes.length - 1] = { start_seconds: last.start_seconds, end_seconds: span.end_seconds };
    } else scenes.push(span);
  }
  return scenes;
}

/** The first, the last, and those between at even distances; of one, the first. */
function spreadOut(scenes: readonly Stretch[], count: number): Stretch[] {
  const step = count > 1 ? (scenes.length - 1) / (count - 1) : 0;
  return Array.from({ length: count }, (_, index) => scenes[Math.round(index * step)]).filter((scene) => !!scene);
}

/** Gives each scene an excerpt, and those left over to where most is not yet seen. */
function shareOut(scenes: readonly Stretch[], { countMaximum, secondsMaximum }: Limits) {
  const shares = scenes.map((scene) => ({ scene, share: 1 }));
  const unseen = ({ scene, share }: { scene: Stretch; share: number }) => lengthOf(scene) - share * secondsMaximum;
  for (let left = countMaximum - shares.length; left > 0; left--) {
    const longest = shares.toSorted((one, other) => unseen(other) - unseen(one))[0];
    if (!longest || unseen(longest) <= 0) break;
    longest.share++;
  }
  return shares;
}

/** Excerpts of one scene follow each other; where they do not suffice, they are spread from its beginning to its end. */
function divide(scene: Stretch, share: number, secondsMaximum: number): Stretch[] {
  if (share === 1) return [scene];
  const step = Math.max(secondsMaximum, (lengthOf(scene) - secondsMaximum) / (share - 1));
  return Array.from({ length: share }, (_, index) => {
    const start = scene.start_seconds + index * step;
    return { start_seconds: start, end_seconds: Math.min(start + secondsMaximum, scene.end_seconds) };
  });
}
