/** The motion of the reference video, spread over the shots. Pure. */
import type { MergedAnalysis } from "../analysis/schema.ts";
import { oneLine } from "../analysis/visible-text.ts";
import { isLatin } from "./language.ts";
import type { PromptOrder } from "./order.ts";
import { untagged } from "./sentence.ts";

export type Beat = NonNullable<MergedAnalysis["motion"]>["beats"][number];

/**
 * Stretches or presses the reference video to the length of the finished one. Told in words alone, a beat belongs to the
 * shot during which it begins, so that no two shots are told the same move. Omni is also shown the video and told the
 * seconds, so there each shot follows what happens in its own time.
 *
 * @returns the beats of each segment, in order; all empty without a reference video
 */
export function beatsByShot(order: PromptOrder): Beat[][] {
  return order.style === "omni" ? order.segments.map((_, index) => beatsDuring(order, index)) : beatsByBeginning(order);
}

function beatsByBeginning(order: PromptOrder): Beat[][] {
  const { segments } = order;
  const ends = segments.map((_, index) => shownSeconds(segments.slice(0, index + 1)));
  const scale = scaleOf(order);
  const shotOf = ({ start_seconds }: Beat) => {
    const shot = ends.findIndex((end) => Math.max(0, start_seconds) * scale < end);
    return shot < 0 ? segments.length - 1 : shot;
  };
  return segments.map((_, index) => beatsOf(order).filter((beat) => shotOf(beat) === index));
}

/** Half a second of a move is none. */
const moveSecondsMinimum = 0.5;

/** What happens in the reference video at the time of one shot: each beat as far as it reaches into it. */
function beatsDuring(order: PromptOrder, index: number): Beat[] {
  const scale = scaleOf(order);
  const start = shownSeconds(order.segments.slice(0, index)) / scale;
  const end = shownSeconds(order.segments.slice(0, index + 1)) / scale;
  return beatsOf(order).map((beat) => ({
    ...beat,
    start_seconds: Math.max(beat.start_seconds, start),
    end_seconds: Math.min(beat.end_seconds, end),
  })).filter(({ start_seconds, end_seconds }) => (end_seconds - start_seconds) * scale >= moveSecondsMinimum);
}

/** A move of the reference video in a clip's own time. */
export interface TimedBeat {
  /** Whole seconds from the clip's beginning. */
  readonly from: number;
  readonly to: number;
  readonly camera: string;
}

/** The beats of one segment, each with its time in the clip; those that are shorter than half a second fall away. */
export function timedBeats(order: PromptOrder, index: number): TimedBeat[] {
  const before = shownSeconds(order.segments.slice(0, index));
  const shown = order.segments[index]?.shownSeconds ?? 0;
  const scale = scaleOf(order);
  const inClip = (seconds: number) => Math.round(Math.min(Math.max(seconds * scale - before, 0), shown));
  return (beatsByShot(order)[index] ?? []).map(({ start_seconds, end_seconds, camera }) => {
    return { from: inClip(start_seconds), to: inClip(end_seconds), camera };
  }).filter(({ from, to }) => to > from);
}

function beatsOf({ merged }: PromptOrder): readonly Beat[] {
  return (merged.motion?.beats ?? []).map((beat) => ({ ...beat, camera: cameraMove(beat.camera) }));
}

/** Words that only a camera's move is told by; others, like "shot" and "follow", need a second one beside them. */
const moveWords =
  /\b(?:aerial|arc(?:s|ing)?\b|boom|camera|circl|close-?up|crane|doll(?:y|ies)|drift|drone|fixed\b|float|gimbal|glid|hand-?held|jib\b|lock|macro|mov(?:e|es|ing|ement)\b|orbit|pan(?:s|ning)?\b|pedestal|pov\b|pull|push|rack|rotat|slid|stabil|static|stationary|steadicam|swish|tilt|tracking|tripod|truck|whip|zoom|(?:wide|medium|long|low|high|top|side|front|back|follow(?:ing)?|establishing|reveal(?:ing)?|still)[ -](?:shot|angle|view|frame)|follow(?:s|ing)? the (?:subject|product|object))/i;

/** Characters; "handheld three-quarter orbit to the left while pushing in slowly" is 65. */
const moveCharactersMaximum = 100;

/**
 * A move of the reference video as it can stand in a prompt: its first phrase, or nothing when that names no move.
 * Whoever makes the video can have the analysis say anything here.
 */
export function cameraMove(text: string): string {
  const [phrase = ""] = untagged(oneLine(text)).replace(/["“”„«»]/g, "").split(/[.!?;:…]\s/);
  const move = phrase.trim();
  return move.length <= moveCharactersMaximum && isLatin(move) && moveWords.test(move) ? move : "";
}

/** How many seconds of the finished video a second of the reference video is. */
function scaleOf(order: PromptOrder): number {
  const wholeSeconds = shownSeconds(order.segments);
  return wholeSeconds / (Math.max(0, ...beatsOf(order).map(({ end_seconds }) => end_seconds)) || wholeSeconds);
}

/** Length of what these segments show together, seconds. */
export function shownSeconds(segments: PromptOrder["segments"]): number {
  return segments.reduce((sum, segment) => sum + segment.shownSeconds, 0);
}
