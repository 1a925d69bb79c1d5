/** What a prompt says of its own shot: film, camera, action, pace, sound, and how it ends. Pure. */
import { sameness } from "../analysis/support.ts";
import type { Sentence } from "./budget.ts";
import type { StoryboardDraft } from "./draft.ts";
import { houseRules } from "./house-rules.ts";
import { goesOn, type PromptOrder, type PromptSegment } from "./order.ts";
import { modelNotes } from "./model-notes.ts";
import { beatsByShot, cameraMove, timedBeats } from "./reference-motion.ts";
import { finished, labelled, repeats, said } from "./sentence.ts";
import { type ShotIdea, storyOf } from "./story.ts";
import type { Direction } from "./wishes.ts";

/** One shot of a storyboard, with all that its sentences need. */
export interface Shot {
  readonly order: PromptOrder;
  readonly index: number;
  readonly segment: PromptSegment;
  /**
   * As the model drafted it, with the house's idea where it left a blank; blank where house or wishes say it anyway.
   */
  readonly idea: ShotIdea;
  readonly wished: ReadonlySet<Direction>;
}

/**
 * The shots of a draft that has one for each segment.
 *
 * @param wishedByShot what the wishes speak about in each
 */
export function shotsOf(
  draft: StoryboardDraft,
  order: PromptOrder,
  wishedByShot: readonly ReadonlySet<Direction>[],
): Shot[] {
  const story = storyOf(order);
  return order.segments.flatMap((segment, index) => {
    const [drafted, house, wished] = [draft.shots[index], story[index], wishedByShot[index]];
    if (!drafted || !house || !wished) return [];
    const filled = (direction: "camera" | "pace" | "sound") => {
      const own = drafted[direction].trim();
      if (own && !repeats(own, house[direction])) return own;
      // The one shot's house rules follow the draft's words anyway.
      return order.segments.length === 1 || wished.has(direction) ? "" : house[direction];
    };
    const idea = {
      action: drafted.action.trim() || house.action,
      camera: filled("camera"),
      pace: filled("pace"),
      sound: filled("sound"),
    };
    return [{ order, index, segment, idea, wished }];
  });
}

/** What kind of film and shot it is; opens the prompt. */
export function filmSentence({ order, segment, wished }: Shot): Sentence[] {
  const { intent, lens, lensUse } = houseRules[order.useCase];
  const frame = order.framing === "1:1" ? "9:16" : order.framing;
  const notes = modelNotes[order.style];
  const shot = segment.kind === "extend"
    ? notes.goesOn(segment.seconds, frame)
    : wished.has("cuts")
    ? `a ${segment.seconds}-second sequence framed for ${frame}, cut as asked`
    : notes.oneShot(segment.seconds, frame);
  const glass = order.segments.length === 1 && lensUse ? `${lens}, ${lensUse}` : lens;
  return said(`${intent}: ${shot}, on ${glass}`, 0);
}

export function cameraSentences({ order, segment, idea, wished }: Shot): Sentence[] {
  const { camera } = houseRules[order.useCase];
  const start = segment.kind === "extend"
    ? said("Camera, subject and light continue from exactly where they are", 0)
    : [];
  if (order.segments.length > 1) return [...start, ...said(idea.camera, 1)];
  // The reference video leads the camera; a house move beside it would be a second one.
  const isHouseSilent = order.merged.motion !== null || wished.has("camera");
  return [...said(idea.camera, 3), ...(isHouseSilent ? [] : said(camera, 4))];
}

/**
 * What happens, and how it ends: where the end of the clip will be cut off, everything has happened before it; where an
 * extension follows, nothing comes to an end.
 */
export function actionSentences({ order, index, segment, idea }: Shot): Sentence[] {
  if (goesOn(order, index)) {
    return [
      ...said(idea.action, 1),
      ...said("The take does not end here: camera and subject are still in motion in the last second", 0),
    ];
  }
  const { kind, seconds } = segment;
  const shown = Math.max(1, Math.floor(segment.shownSeconds));
  if (shown >= seconds) return said(idea.action, 1);
  if (kind === "extend") {
    const within = shown === 1 ? "the first second" : `the first ${shown} seconds`;
    const end = `All of this is complete within ${within}; then camera and subject hold calmly still`;
    return [...said(idea.action, 1), ...said(end, 0)];
  }
  const span = modelNotes[order.style].timeSpan;
  const hold = "The action is complete; the same frame holds, camera and subject calmly still";
  return [
    ...said(`${span(0, shown)} ${finished(idea.action)}`, 1),
    ...said(`${span(shown, seconds)} ${hold}`, 0),
  ];
}

export function paceSentences(shot: Shot): Sentence[] {
  const { order, idea, wished } = shot;
  const { pace } = houseRules[order.useCase];
  const isOnly = order.segments.length === 1;
  const own = said(isOnly ? idea.pace : labelled("Pace", idea.pace), 8);
  if (order.merged.motion) return [...own, ...said(motionSentence(shot, order.merged.motion), 4)];
  return [...own, ...(isOnly && !wished.has("pace") ? said(pace, 5) : [])];
}

/** The moves of the reference video that belong to this shot and that its camera sentence does not name already. */
function motionSentence(shot: Shot, motion: NonNullable<PromptOrder["merged"]["motion"]>): string {
  const { order, index, idea } = shot;
  const timed = order.style === "omni" ? timedMoves(order, index) : [];
  if (timed.length > 0) {
    return `Camera and rhythm follow the reference video: ${[`${motion.pace} pace`, ...timed].join(", ")}`;
  }
  const moves = order.segments.length === 1
    ? motion.camera_moves
    : (beatsByShot(order)[index] ?? []).map(({ camera }) => camera);
  const named = sameness(idea.camera);
  const led = moves.map(cameraMove).filter((move) => move && !named.includes(sameness(move)));
  return `Camera and rhythm follow the reference video: ${[`${motion.pace} pace`, ...led].join(", ")}`;
}

/** Omni follows time codes well, so it is told when each move of the reference video comes. */
function timedMoves(order: PromptOrder, index: number): string[] {
  return timedBeats(order, index).filter(({ camera }) => camera).map(({ from, to, camera }) =>
    `${modelNotes.omni.timeSpan(from, to)} ${camera}`
  );
}

export function soundSentence({ idea }: Shot): Sentence[] {
  return said(labelled("Sound", idea.sound), 8);
}
