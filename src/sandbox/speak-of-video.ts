/** What the stand-in says of a reference video: its real length cut into beats, as far as it watches; the rest plausible. */
import type { Viewing } from "./gemini-generate-request.ts";
import type { Speaker } from "./invent.ts";
import type { Video } from "./video.ts";

/** Taken for the length when the file does not tell it: that of one Veo clip. */
const secondsWhenUnknown = 8;
const beatSecondsWished = 3;
const beatsMaximum = 8;

const happenings = [
  { what_happens: "the subject comes into view", camera: "slow push-in" },
  { what_happens: "the subject turns to the light", camera: "quarter orbit to the right" },
  { what_happens: "a detail fills the frame", camera: "locked-off close-up" },
  { what_happens: "the subject rests in the middle", camera: "slow pull-back" },
];

/** From where to where a video is watched, seconds. */
export function watchedOf(video: Video, { startOffset, endOffset }: Viewing): { start: number; end: number } {
  const end = Math.min(endOffset, video.seconds ?? secondsWhenUnknown);
  return { start: startOffset, end };
}

export function speakOfVideo(video: Video, hash: number, viewing: Viewing): Speaker {
  const seconds = video.seconds ?? secondsWhenUnknown;
  const { start, end } = watchedOf(video, viewing);
  const kind = video.contentType.replace("video/", "").toUpperCase();
  const sayings: Record<string, unknown> = {
    summary: `sandbox reading of a ${kind} video of ${round(seconds)} s (the sandbox does not look at frames)`,
    camera_moves: ["slow push-in", "quarter orbit to the right"],
    transitions: ["straight cut"],
    light: "soft light from the left",
    beats: makeBeats(start, end),
  };
  return (name, schema) => schema.enum ? schema.enum[hash % schema.enum.length] : sayings[name];
}

/** Beats of about three seconds that fill what is watched, in seconds of the video. */
function makeBeats(start: number, end: number) {
  const count = Math.min(beatsMaximum, Math.max(1, Math.round((end - start) / beatSecondsWished)));
  const at = (share: number) => round(start + (end - start) * share / count);
  return Array.from({ length: count }, (_, index) => ({
    start_seconds: at(index),
    end_seconds: at(index + 1),
    ...happenings[index % happenings.length],
  }));
}

function round(seconds: number): number {
  return Math.round(seconds * 100) / 100;
}
