/** Finishes clips that are files into a file, with a bucket in memory. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type FinishedVideo, finishVideo } from "../../../src/video/finish/finish-video.ts";
import type { SquareMaker } from "../../../src/video/finish/make-square.ts";
import { MemoryBucket } from "../../support/memory-bucket.ts";
import { temporaryFolder } from "./temporary-folder.ts";

export interface Wish {
  /** Paths, in order; each gives as much as the others. */
  readonly clips: readonly string[];
  readonly seconds: number;
  readonly square?: SquareMaker;
}

export interface Finished extends FinishedVideo {
  /** Where the video is now. */
  readonly path: string;
  readonly bucket: MemoryBucket;
}

/** @throws with the note of the fault when it cannot be made */
export async function finish({ clips, seconds, square }: Wish): Promise<Finished> {
  const bucket = new MemoryBucket();
  const stored = await Promise.all(clips.map(async (path, index) => {
    const key = `media/secret/clip-${index + 1}.mp4`;
    const { size } = await bucket.put(key, await readFile(path));
    return { key, bytes: size, shownSeconds: seconds / clips.length };
  }));
  bucket.calls.length = 0;
  const outcome = await finishVideo({
    bucket,
    mediaSecret: "secret",
    taskId: "task",
    clips: stored,
    durationSeconds: seconds,
    square: square ?? null,
    fileName: "emerald.mp4",
  });
  if (!outcome.ok) throw new Error(outcome.fault.note);
  const path = join(await temporaryFolder(), "video.mp4");
  await writeFile(path, bucket.peek(outcome.value.video.key) ?? new Uint8Array());
  return { ...outcome.value, path, bucket };
}
