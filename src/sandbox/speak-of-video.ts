/** What the stand-in says of a reference video: its real length cut into beats, the rest plausible and marked. */
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

export function speakOfVideo(video: Video, hash: number): Speaker {
  const seconds = video.seconds ?? secondsWhenUnknown;
  const kind = video.contentType.replace("video/", "").toUpperCase();
  const sayings: Record<string, unknown> = {
    summary: `sandbox reading of a ${kind} video of ${round(seconds)} s (the sandbox does not look at frames)`,
    camera_moves: ["slow push-in", "quarter orbit to the right"],
    transitions: ["straight cut"],
    light: "soft light from the left",
    beats: makeBeats(seconds),
  };
  return (name, schema) => schema.enum ? schema.enum[hash % schema.enum.length] : sayings[name];
}

/** Beats of about three seconds that fill the video from its start to its end. */
function makeBeats(seconds: number) {
  const count = Math.min(beatsMaximum, Math.max(1, Math.round(seconds / beatSecondsWished)));
  return Array.from({ length: count }, (_, index) => ({
    start_seconds: round(seconds * index / count),
    end_seconds: round(seconds * (index + 1) / count),
    ...happenings[index % happenings.length],
  }));
}

function round(seconds: number): number {
  return Math.round(seconds * 100) / 100;
}
