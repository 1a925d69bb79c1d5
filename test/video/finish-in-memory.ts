/** Orders of finished videos, in a bucket of which the calls are recorded. */
import standing from "../../src/sandbox/clips/720x1280-8s.bin";
import landscape from "../../src/sandbox/clips/1280x720-8s.bin";
import { type FinishRequest, finishVideo } from "../../src/video/finish/finish-video.ts";
import { MemoryBucket } from "../support/memory-bucket.ts";

export const landscapeClip = new Uint8Array(landscape);
export const standingClip = new Uint8Array(standing);

export const clipKey = (index: number) => `media/secret/clip-${index + 1}.mp4`;

/** Stores the clips and asks for a video of them; each gives as much as the others. */
export async function order(
  bucket: R2Bucket,
  clips: readonly Uint8Array[],
  durationSeconds: number,
  changes: Partial<FinishRequest> = {},
): Promise<FinishRequest> {
  for (const [index, clip] of clips.entries()) await bucket.put(clipKey(index), clip);
  return {
    bucket,
    mediaSecret: "secret",
    taskId: "task",
    clips: clips.map(({ length }, index) => ({
      key: clipKey(index),
      bytes: length,
      shownSeconds: durationSeconds / clips.length,
    })),
    durationSeconds,
    square: null,
    fileName: "emerald.mp4",
    ...changes,
  };
}

/** In a bucket of which only the calls of the finishing are recorded. */
export async function inMemory(
  clips: readonly Uint8Array[],
  durationSeconds: number,
  changes: Partial<FinishRequest> = {},
) {
  const bucket = new MemoryBucket();
  const request = await order(bucket, clips, durationSeconds, changes);
  bucket.calls.length = 0;
  return { bucket, outcome: await finishVideo(request) };
}
