/** The clips that stand for Veo's. Made by `scripts/make-sandbox-clips.ts`. */
import portrait1080For8 from "./clips/1080x1920-8s.bin";
import landscape720For4 from "./clips/1280x720-4s.bin";
import landscape720For6 from "./clips/1280x720-6s.bin";
import landscape720For8 from "./clips/1280x720-8s.bin";
import landscape1080For8 from "./clips/1920x1080-8s.bin";
import portrait720For4 from "./clips/720x1280-4s.bin";
import portrait720For6 from "./clips/720x1280-6s.bin";
import portrait720For8 from "./clips/720x1280-8s.bin";

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

/** @returns the key of the clip, undefined when the stand-in has none of this shape (4k) */
export function findClip(aspectRatio: string, resolution: string, seconds: number): string | undefined {
  const key = `${aspectRatio} ${resolution} ${seconds}s`;
  return clips.has(key) ? key : undefined;
}

/** @throws Error for a key that {@link findClip} did not give */
export function clipBytes(key: string): Uint8Array {
  const clip = clips.get(key);
  if (!clip) throw new Error(`The sandbox has no clip "${key}".`);
  return new Uint8Array(clip);
}
