/**
 * The clips that stand for Veo's and Omni's. Made by `scripts/make-sandbox-clips.ts`.
 *
 * An extended video is one file from its first second on, so it is the beginning of a longer one, as is any clip of
 * another length than Veo's; it is cut anew each time, in a few milliseconds, and not kept.
 */
import portrait1080For15 from "./clips/1080x1920-15s.bin";
import portrait1080For8 from "./clips/1080x1920-8s.bin";
import landscape720For4 from "./clips/1280x720-4s.bin";
import landscape720For6 from "./clips/1280x720-6s.bin";
import landscape720For64 from "./clips/1280x720-64s.bin";
import landscape720For8 from "./clips/1280x720-8s.bin";
import landscape1080For15 from "./clips/1920x1080-15s.bin";
import landscape1080For8 from "./clips/1920x1080-8s.bin";
import portrait720For4 from "./clips/720x1280-4s.bin";
import portrait720For6 from "./clips/720x1280-6s.bin";
import portrait720For64 from "./clips/720x1280-64s.bin";
import portrait720For8 from "./clips/720x1280-8s.bin";
import { cutClip } from "./cut-clip.ts";

export interface ClipShape {
  readonly aspect_ratio: string;
  readonly resolution: string;
  readonly seconds: number;
}

const clips = new Map<string, ArrayBuffer>([
  ["16:9 720p 4s", landscape720For4],
  ["16:9 720p 6s", landscape720For6],
  ["16:9 720p 8s", landscape720For8],
  ["9:16 720p 4s", portrait720For4],
  ["9:16 720p 6s", portrait720For6],
  ["9:16 720p 8s", portrait720For8],
  ["16:9 1080p 8s", landscape1080For8],
  ["9:16 1080p 8s", portrait1080For8],
]);

interface Master {
  readonly seconds: number;
  readonly clip: ArrayBuffer;
}

/** The longest video there is of each shape, from which those of any whole second are cut. */
const masters = new Map<string, Master>([
  ["16:9 720p", { seconds: 64, clip: landscape720For64 }],
  ["9:16 720p", { seconds: 64, clip: portrait720For64 }],
  ["16:9 1080p", { seconds: 15, clip: landscape1080For15 }],
  ["9:16 1080p", { seconds: 15, clip: portrait1080For15 }],
]);

/** @returns false for what the stand-in cannot hand out: other resolutions, broken seconds, and longer videos */
export function hasClip(shape: ClipShape): boolean {
  return clips.has(keyOf(shape)) || findLonger(shape) !== undefined;
}

/** @throws Error for a shape that {@link hasClip} does not know */
export function clipBytes(shape: ClipShape): Uint8Array {
  const clip = clips.get(keyOf(shape));
  if (clip) return new Uint8Array(clip);
  const longer = findLonger(shape);
  if (!longer) throw new Error(`The sandbox has no clip "${keyOf(shape)}".`);
  return cutClip(new Uint8Array(longer), shape.seconds);
}

function findLonger({ aspect_ratio, resolution, seconds }: ClipShape): ArrayBuffer | undefined {
  const master = masters.get(`${aspect_ratio} ${resolution}`);
  return master && Number.isInteger(seconds) && seconds >= 1 && seconds <= master.seconds ? master.clip : undefined;
}

function keyOf({ aspect_ratio, resolution, seconds }: ClipShape): string {
  return `${aspect_ratio} ${resolution} ${seconds}s`;
}
