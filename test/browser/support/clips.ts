/** Clips to cut and to join. */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import process from "node:process";
import { promisify } from "node:util";

const run = promisify(execFile);
const root = new URL("../../../", import.meta.url);

/** The sandbox's stand-in, of 720p and 8 s. */
export const sandboxClip = fileURLToPath(new URL("src/sandbox/clips/1280x720-8s.bin", root));

/** A clip that Veo made, where there is one; `VEO_CLIP` names it, from the root of the repository. */
export const veoClip = fileURLToPath(
  new URL(process.env["VEO_CLIP"] ?? "../shared/fixtures/veo/veo-8s-720p-a.mp4", root),
);

/** All clips there are to try, by name. */
export const clipsToTry = [["the sandbox's clip", sandboxClip], ["a clip of Veo", veoClip]].flatMap(
  ([name = "", path = ""]) => existsSync(path) ? [{ name, path }] : [],
);

export interface Scene {
  /** A source of ffmpeg's `lavfi` without size and rate, for example `testsrc2`. */
  readonly picture: string;
  /** Hertz. */
  readonly tone: number;
  readonly size?: string;
  /** More arguments for the encoders. */
  readonly encoding?: readonly string[];
}

/** Makes a clip of 8 s with the structure of Veo's: a B-pyramid behind one keyframe, AAC, the index last. */
export async function makeClip(
  path: string,
  { picture, tone, size = "320x180", encoding = [] }: Scene,
): Promise<string> {
  await run("ffmpeg", [
    ...["-v", "error", "-y", "-f", "lavfi", "-i", `${picture}=size=${size}:rate=24`],
    ...["-f", "lavfi", "-i", `aevalsrc=0.2*sin(2*PI*${tone}*t)|0.2*sin(2*PI*${tone}*t):s=48000`],
    ...["-c:v", "libx264", "-preset", "fast", "-pix_fmt", "yuv420p", "-profile:v", "high", "-threads", "1"],
    ...["-x264-params", "keyint=infinite:scenecut=0:bframes=3:b-adapt=0:b-pyramid=normal:ref=2"],
    ...["-c:a", "aac", "-b:a", "96k", "-video_track_timescale", "12288", ...encoding, "-t", "8", "-f", "mp4", path],
  ]);
  return path;
}
