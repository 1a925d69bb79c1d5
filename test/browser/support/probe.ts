/** A video file as ffmpeg sees it: a second opinion, independent of what wrote and checked the file. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { z } from "zod";

const run = promisify(execFile);

const streamSchema = z.object({
  codec_name: z.string(),
  width: z.number().optional(),
  height: z.number().optional(),
});

const probeSchema = z.object({
  streams: z.array(streamSchema),
  /** Seconds, written as text. */
  format: z.object({ duration: z.string().transform(Number) }),
});

/** The streams of a file and its length in seconds. */
export async function probe(path: string): Promise<z.infer<typeof probeSchema>> {
  const wanted = ["-show_entries", "stream=codec_name,width,height:format=duration", "-of", "json"];
  const { stdout } = await run("ffprobe", ["-v", "error", ...wanted, path]);
  return probeSchema.parse(JSON.parse(stdout));
}

/**
 * Decodes every frame and every sample.
 *
 * @returns what ffmpeg complained about
 * @throws when it gave up
 */
export async function complaintsOfDecoder(path: string): Promise<string> {
  const { stderr } = await run("ffmpeg", ["-v", "error", "-xerror", "-i", path, "-f", "null", "-"]);
  return stderr;
}
