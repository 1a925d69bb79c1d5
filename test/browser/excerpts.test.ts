/** What is cut out of a reference video, decoded: every frame against the video it comes from. By ffmpeg, errors fatal. */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { open, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { z } from "zod";
import type { Excerpt } from "../../src/veo/model.ts";
import { cutExcerpts } from "../../src/video/excerpts/cut-excerpts.ts";
import { veoClip } from "./support/clips.ts";
import { probe } from "./support/probe.ts";
import { temporaryFolder } from "./support/temporary-folder.ts";

const run = promisify(execFile);

const limits = { countMaximum: 3, secondsMaximum: 3, bytesMaximum: 6_000_000 };
const typeOf: Record<string, string> = { mp4: "video/mp4", mov: "video/quicktime", webm: "video/webm" };

interface Encoding {
  readonly name: string;
  readonly file: string;
  /** Arguments for the encoder of the pictures. */
  readonly video: readonly string[];
  readonly output?: readonly string[];
  readonly hasOpenGroups?: boolean;
}

const x264 = ["-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-x264-params"];
const pyramid = "keyint=48:min-keyint=48:scenecut=0:bframes=5:b-adapt=0:b-pyramid=normal:ref=4";
const x265 = ["-c:v", "libx265", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-tag:v", "hvc1", "-x265-params"];
const libvpx = ["-deadline", "realtime", "-cpu-used", "8", "-b:v", "200k", "-g", "48"];
const fragments = ["-movflags", "empty_moov+default_base_moof"];

/** 12 s with a keyframe every 2 s. */
const encodings: readonly Encoding[] = [
  {
    name: "an MP4 of H.264 with open groups",
    file: "open.mp4",
    video: [...x264, `${pyramid}:open-gop=1`],
    hasOpenGroups: true,
  },
  {
    name: "an MP4 with a fragment for each keyframe",
    file: "fragments.mp4",
    video: [...x264, pyramid],
    output: [...fragments, "-movflags", "+frag_keyframe"],
  },
  {
    name: "an MP4 with fragments of half a second",
    file: "short.mp4",
    video: [...x264, pyramid],
    output: [...fragments, "-frag_duration", "500000"],
  },
  {
    name: "a MOV of 29.97 frames a second",
    file: "ntsc.mov",
    video: [...x264, `${pyramid}:keyint=60:min-keyint=60`],
    output: ["-r", "30000/1001"],
  },
  {
    name: "an MP4 of HEVC with open groups",
    file: "hevc.mp4",
    video: [...x265, "log-level=error:keyint=48:min-keyint=48:scenecut=0:open-gop=1:bframes=4:b-adapt=0:b-pyramid=1"],
    hasOpenGroups: true,
  },
  { name: "a WebM of VP9", file: "vp9.webm", video: ["-c:v", "libvpx-vp9", ...libvpx] },
  { name: "a WebM of VP8", file: "vp8.webm", video: ["-c:v", "libvpx", "-auto-alt-ref", "1", ...libvpx] },
  { name: "an MP4 of AV1", file: "av1.mp4", video: ["-c:v", "libsvtav1", "-preset", "12", "-g", "48"] },
];

const beats = [[0, 4], [4, 8], [8, 12]].map(([start = 0, end = 0]) => ({ start_seconds: start, end_seconds: end }));

/** An MP4 of H.264, made once. */
const plainVideo = once(() => makeVideo("plain.mp4", [...x264, pyramid]));

test("an MP4 of H.264 gives the beginning of each beat, frame by frame", async () => {
  await expectBeginnings(await plainVideo());
});

test.each(encodings)(
  "$name gives the beginning of each beat, frame by frame",
  async ({ file, video, output = [], hasOpenGroups = false }) => {
    const path = await makeVideo(file, [...video, ...output]);
    if (hasOpenGroups) await expectOpenGroups(path);
    await expectBeginnings(path);
  },
);

test.runIf(existsSync(veoClip))("a clip of Veo gives its first 3 s, as it has one keyframe", async () => {
  const excerpts = await cut(veoClip);
  expect(excerpts.map(({ start_seconds, end_seconds }) => [start_seconds, end_seconds])).toEqual([[0, 3]]);
  await expectLossless(veoClip, excerpts);
});

test("excerpts that would be too large together are shorter, each as large as the others", async () => {
  const path = await plainVideo();
  const whole = (await cut(path)).reduce((sum, { attachment }) => sum + attachment.bytes, 0);
  const excerpts = await cut(path, Math.floor(whole / 2));
  const lengths = excerpts.map(({ start_seconds, end_seconds }) => end_seconds - start_seconds);
  expect(excerpts).toHaveLength(3);
  expect(excerpts.reduce((sum, { attachment }) => sum + attachment.bytes, 0)).toBeLessThanOrEqual(whole / 2);
  for (const length of lengths) expect(length).toBeGreaterThanOrEqual(0.5);
  expect(Math.min(...lengths)).toBeLessThan(2);
  await expectLossless(path, excerpts);
});

test("a video that stands on its side stays so", async () => {
  const upright = await plainVideo();
  const turned = join(await temporaryFolder(), "turned.mp4");
  await run("ffmpeg", ["-v", "error", "-i", upright, "-c", "copy", "-metadata:s:v", "rotate=90", turned]);
  const [excerpt] = await cut(turned);
  expect(await rotationOf(await saved(excerpt))).toBe(await rotationOf(turned));
  expect(Math.abs(await rotationOf(turned))).toBe(90);
});

test("what the owner has cut off at the beginning is not shown", async () => {
  const path = await plainVideo();
  const trimmed = join(await temporaryFolder(), "trimmed.mp4");
  await run("ffmpeg", ["-v", "error", "-ss", "1", "-i", path, "-c", "copy", trimmed]);
  expect((await packetsOf(trimmed))[0]?.seconds).toBe(-1);
  const excerpts = await cut(trimmed);
  expect(excerpts[0]?.start_seconds).toBeCloseTo(1, 2);
  await expectLossless(trimmed, excerpts);
});

test("a recording whose frames come as they like is cut where it can be", async () => {
  const drops = ["-vf", "select='gt(mod(n,7),2)'", "-vsync", "vfr"];
  const path = await makeVideo("uneven.mp4", [...drops, ...x264, pyramid]);
  const excerpts = await cut(path);
  expect(excerpts.length).toBeGreaterThan(0);
  await expectLossless(path, excerpts);
});

function once(make: () => Promise<string>): () => Promise<string> {
  let made: Promise<string> | undefined;
  return () => made ??= make();
}

/** @returns the path of a video of 12 s with sound, 24 frames a second */
async function makeVideo(file: string, encoding: readonly string[]): Promise<string> {
  const path = join(await temporaryFolder(), file);
  await run("ffmpeg", [
    ...["-v", "error", "-f", "lavfi", "-i", "testsrc2=size=160x90:rate=24"],
    ...["-f", "lavfi", "-i", "sine=frequency=330:sample_rate=48000"],
    ...["-c:a", file.endsWith("webm") ? "libopus" : "aac", "-t", "12", ...encoding, path],
  ]);
  return path;
}

async function cut(path: string, bytesMaximum = limits.bytesMaximum): Promise<readonly Excerpt[]> {
  const { size } = await stat(path);
  const file = await open(path);
  const read = async (start: number, end: number) => {
    const { buffer } = await file.read(new Uint8Array(end - start), 0, end - start, start);
    return buffer;
  };
  try {
    const contentType = typeOf[path.split(".").at(-1) ?? ""] ?? "";
    return await cutExcerpts({ content_type: contentType, bytes: size, read }, beats, { ...limits, bytesMaximum });
  } finally {
    await file.close();
  }
}

/** @returns the path of the excerpt in a file of its own */
async function saved(excerpt: Excerpt | undefined): Promise<string> {
  if (!excerpt) throw new Error("There is no such excerpt.");
  const { attachment } = excerpt;
  const path = join(await temporaryFolder(), `excerpt.${attachment.contentType.split("/")[1]}`);
  const content = new Uint8Array(await new Response(await attachment.open()).arrayBuffer());
  expect(content).toHaveLength(attachment.bytes);
  await writeFile(path, content);
  return path;
}

/** Looks for frames that are decoded after a keyframe and shown before it. */
async function expectOpenGroups(path: string): Promise<void> {
  const packets = await packetsOf(path);
  const keyframe = packets.findIndex(({ isKey, seconds }) => isKey && seconds > 3.9);
  expect(packets[keyframe + 1]?.seconds).toBeLessThan(packets[keyframe]?.seconds ?? 0);
}

async function expectBeginnings(path: string): Promise<void> {
  const excerpts = await cut(path);
  expect(excerpts).toHaveLength(3);
  excerpts.forEach(({ start_seconds, end_seconds }, index) => {
    expect(Math.abs(start_seconds - index * 4), `excerpt ${index}`).toBeLessThan(0.1);
    // A clean end is never farther than a group of B-frames away.
    expect(end_seconds - start_seconds).toBeGreaterThan(2.7);
  });
  await expectLossless(path, excerpts);
}

/** Times of a WebM are in milliseconds. */
const printed = 0.0011;

/** Looks at every frame of every excerpt, and at what else is in the file. */
async function expectLossless(path: string, excerpts: readonly Excerpt[]): Promise<void> {
  const source = await framesOf(path);
  for (const excerpt of excerpts) {
    const { start_seconds, end_seconds } = excerpt;
    const file = await saved(excerpt);
    const wanted = source.filter(({ seconds }) => seconds > start_seconds - printed && seconds < end_seconds - printed);
    const shown = await framesOf(file);
    expect(shown.map(({ hash }) => hash)).toEqual(wanted.map(({ hash }) => hash));
    shown.forEach(({ seconds }, index) => {
      expect(Math.abs(seconds - (wanted[index]?.seconds ?? 0) + start_seconds)).toBeLessThan(printed);
    });
    const { streams, format } = await probe(file);
    expect(streams).toHaveLength(1);
    expect(format.duration).toBeLessThanOrEqual(limits.secondsMaximum);
    expect(Math.abs(format.duration - (end_seconds - start_seconds))).toBeLessThan(printed);
    expect((await packetsOf(file))[0]).toEqual({ seconds: 0, isKey: true });
  }
}

const rotationSchema = z.object({
  streams: z.tuple([z.object({ side_data_list: z.tuple([z.object({ rotation: z.number() })]) })]),
});

async function rotationOf(path: string): Promise<number> {
  const entries = ["-select_streams", "v", "-show_entries", "stream_side_data=rotation", "-of", "json"];
  const { stdout } = await run("ffprobe", ["-v", "error", ...entries, path]);
  return rotationSchema.parse(JSON.parse(stdout)).streams[0].side_data_list[0].rotation;
}

interface Frame {
  readonly seconds: number;
  readonly hash: string;
}

/** The decoded frames in the order shown. */
async function framesOf(path: string): Promise<Frame[]> {
  const strict = ["-v", "error", "-xerror", "-err_detect", "explode"];
  const output = ["-map", "0:v", "-vsync", "passthrough", "-enc_time_base", "-1", "-f", "framemd5", "-"];
  const { stdout, stderr } = await run("ffmpeg", [...strict, "-copyts", "-i", path, ...output]);
  if (stderr !== "") throw new Error(stderr);
  const [, ticks = 1, rate = 1] = stdout.match(/#tb 0: (\d+)\/(\d+)/)?.map(Number) ?? [];
  return stdout.split("\n").filter((line) => /^\d/.test(line)).map((line) => {
    const fields = line.split(",").map((field) => field.trim());
    return { seconds: Number(fields[2]) * ticks / rate, hash: fields[5] ?? "" };
  });
}

interface Packet {
  readonly seconds: number;
  readonly isKey: boolean;
}

/** In the order decoded. */
async function packetsOf(path: string): Promise<Packet[]> {
  const entries = ["-select_streams", "v", "-show_entries", "packet=pts_time,flags", "-of", "csv=p=0"];
  const { stdout } = await run("ffprobe", ["-v", "error", ...entries, path]);
  return stdout.trim().split("\n").map((line) => {
    const [seconds, flags = ""] = line.split(",");
    return { seconds: Number(seconds), isKey: flags.startsWith("K") };
  });
}
