/** What a decoder makes of a file: each frame, each packet of sound, each sample of it. By ffmpeg, errors fatal. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { z } from "zod";

const run = promisify(execFile);

/** A minute of decoded sound has 23 MB. */
const outputBytesMaximum = 100_000_000;

/** The first damaged bit stops the decoder, and the test with it. */
const strict = ["-v", "error", "-xerror", "-err_detect", "explode"];

/** The MD5 of each decoded frame in the order shown; pictures and sound are decoded to the end. */
export async function frameHashes(path: string): Promise<string[]> {
  const pictures = ["-map", "0:v", "-vsync", "passthrough", "-f", "framemd5", "-"];
  const sound = ["-map", "0:a?", "-f", "null", "-"];
  const { stdout, stderr } = await run("ffmpeg", [...strict, "-i", path, ...pictures, ...sound], {
    maxBuffer: outputBytesMaximum,
  });
  if (stderr !== "") throw new Error(stderr);
  return stdout.split("\n").filter((line) => /^\d/.test(line)).map((line) => line.split(",").at(-1)?.trim() ?? "");
}

const packetsSchema = z.object({
  packets: z.array(z.object({
    pts_time: z.string().transform(Number),
    duration_time: z.string().transform(Number),
    flags: z.string(),
    data_hash: z.string(),
  })),
});

export type Packet = z.infer<typeof packetsSchema>["packets"][number];

/** The packets of the pictures (`v`) or the sound (`a`), in decoding order, after the edit list. */
export async function packets(path: string, stream: "v" | "a"): Promise<Packet[]> {
  const entries = ["-select_streams", stream, "-show_entries", "packet=pts_time,duration_time,flags,data_hash"];
  const { stdout } = await run(
    "ffprobe",
    ["-v", "error", ...entries, "-show_data_hash", "md5", "-of", "json", path],
    { maxBuffer: outputBytesMaximum },
  );
  return packetsSchema.parse(JSON.parse(stdout)).packets;
}

const durationsSchema = z.object({
  streams: z.array(z.object({ duration: z.string().transform(Number) })),
  format: z.object({ duration: z.string().transform(Number) }),
});

/** Seconds: of the whole file, and of each of its tracks. */
export async function durations(path: string): Promise<{ file: number; tracks: number[] }> {
  const entries = ["-show_entries", "stream=duration:format=duration"];
  const { stdout } = await run("ffprobe", ["-v", "error", ...entries, "-of", "json", path]);
  const { streams, format } = durationsSchema.parse(JSON.parse(stdout));
  return { file: format.duration, tracks: streams.map(({ duration }) => duration) };
}

export const soundRate = 48_000;

/** The left channel of the decoded sound, 48,000 samples a second from -1 to 1. */
export async function decodedSound(path: string): Promise<Float32Array> {
  const left = ["-map", "0:a", "-af", "pan=mono|c0=c0", "-f", "f32le", "-"];
  const { stdout } = await run("ffmpeg", [...strict, "-i", path, ...left], {
    encoding: "buffer",
    maxBuffer: outputBytesMaximum,
  });
  return new Float32Array(Uint8Array.from(stdout).buffer);
}
