/** What is cut and joined without decoding, decoded: every frame and every packet against the clip it comes from. */
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { clipsToTry, makeClip } from "./support/clips.ts";
import { decodedSound, durations, frameHashes, type Packet, packets, soundRate } from "./support/decode.ts";
import { finish } from "./support/finish.ts";
import { newStorage } from "./support/server.ts";

const framesPerSecond = 24;
const packetSeconds = 1_024 / soundRate;

/** What a time that is printed with six digits can be wrong by, and sums of such. */
const printed = 2e-6;

describe.each(clipsToTry)("$name", ({ path }) => {
  let source: string[];

  beforeAll(async () => {
    source = await framesOf(path);
  });

  // A whole period of the B-pyramid and more, a whole second, all but one frame, next to none.
  test.each([96, 97, 98, 99, 100, 101, 102, 103, 104, 120, 124, 191, 5, 2, 1])(
    "is cut to %i frames",
    async (frames) => {
      const cut = await finish({ clips: [path], seconds: frames / framesPerSecond });
      expect(await frameHashes(cut.path)).toEqual(source.slice(0, frames));
      const { file, tracks } = await durations(cut.path);
      expect(Math.abs(file - frames / framesPerSecond)).toBeLessThan(printed);
      for (const track of tracks) expect(Math.abs(track - frames / framesPerSecond)).toBeLessThan(packetSeconds);
      expect(cut.video.duration_seconds).toBeCloseTo(frames / framesPerSecond, 9);
    },
  );

  test("is cut without a change of its sound", async () => {
    const cut = await finish({ clips: [path], seconds: 100 / framesPerSecond });
    const [before, after] = [await decodedSound(path), await decodedSound(cut.path)];
    const wanted = 100 / framesPerSecond * soundRate;
    expect(after.length).toBeGreaterThanOrEqual(wanted);
    // ffmpeg does not cut inside of the last packet, though the edit list says where.
    expect(after.length - wanted).toBeLessThan(1_024);
    expect(after).toEqual(before.slice(0, after.length));
  });

  test("is left alone when it has the length wanted", async () => {
    const { path: same, video, bucket } = await finish({ clips: [path], seconds: 8 });
    expect(await readFile(same)).toEqual(await readFile(path));
    expect(video).toMatchObject({ key: "media/secret/clip-1.mp4", width: 1_280, height: 720, duration_seconds: 8 });
    expect(bucket.keys).toEqual(["media/secret/clip-1.mp4"]);
  });

  test.each([[2, 9], [2, 16], [3, 20], [8, 60]])("is joined %i times to %i s", async (times, seconds) => {
    await expectJoined(Array(times).fill(path), seconds);
  });
});

describe("clips of different content and one configuration", () => {
  let scenes: string[];

  beforeAll(async () => {
    const folder = await newStorage();
    scenes = await Promise.all(
      [["testsrc2", 330], ["mandelbrot", 440], ["testsrc", 550]].map(([picture, tone]) =>
        makeClip(join(folder, `${picture}.mp4`), { picture: String(picture), tone: Number(tone) })
      ),
    );
  });

  test.each([[[0, 1], 10], [[0, 1], 13], [[0, 1, 2], 17], [[2, 1, 0], 24], [[0, 1, 2, 2, 1, 0, 0, 1], 60]])(
    "%j are joined to %i s",
    async (order, seconds) => {
      await expectJoined(order.map((scene) => scenes[scene] ?? ""), seconds);
    },
  );

  test("go over into each other without a hole or a click in the sound", async () => {
    const joined = await finish({ clips: scenes, seconds: 17 });
    const sound = await decodedSound(joined.path);
    const jumps = sound.map((value, index) => Math.abs(value - (sound[index - 1] ?? value)));
    // The tone of 550 Hz with an amplitude of 0.2 alone goes 0.0144 from one sample to the next.
    expect(jumps.reduce((most, jump) => Math.max(most, jump))).toBeLessThan(0.025);
    for (const at of (await keyframeTimes(joined.path)).slice(1)) {
      for (let ms = -40; ms <= 40; ms += 5) expect(loudness(sound, at + ms / 1_000)).toBeGreaterThan(0.05);
    }
  });

  test("of which one is cut already are joined", async () => {
    const cut = await finish({ clips: scenes.slice(0, 1), seconds: 98 / framesPerSecond });
    const joined = await finish({ clips: [scenes[1] ?? "", cut.path], seconds: 12 });
    const split = Math.round(((await keyframeTimes(joined.path))[1] ?? 0) * framesPerSecond);
    const [before, after] = [await framesOf(scenes[1] ?? ""), await framesOf(scenes[0] ?? "")];
    const expected = [...before.slice(0, split), ...after.slice(0, 12 * framesPerSecond - split)];
    expect(await frameHashes(joined.path)).toEqual(expected);
  });

  test("are not joined with one of another configuration", async () => {
    const folder = dirname(scenes[0] ?? "");
    const wider = await makeClip(join(folder, "wider.mp4"), { picture: "testsrc", tone: 1, size: "352x180" });
    const clips = [scenes[0] ?? "", wider];
    await expect(finish({ clips, seconds: 12 })).rejects.toThrow("the clips' decoder configurations differ");
    const encoding = ["-an"];
    const silent = await makeClip(join(folder, "silent.mp4"), { picture: "testsrc", tone: 1, encoding });
    await expect(finish({ clips: [clips[0] ?? "", silent], seconds: 12 })).rejects.toThrow("another has none");
    const slow = await makeClip(join(folder, "slow.mp4"), { picture: "testsrc", tone: 1, encoding: ["-r", "12"] });
    await expect(finish({ clips: [clips[0] ?? "", slow], seconds: 12 })).rejects.toThrow("configurations differ");
  });

  test("without sound are cut and joined", async () => {
    const encoding = ["-an"];
    const folder = dirname(scenes[0] ?? "");
    const silent = await makeClip(join(folder, "silent.mp4"), { picture: "testsrc", tone: 1, encoding });
    const joined = await finish({ clips: [silent, silent], seconds: 11 });
    expect(await frameHashes(joined.path)).toHaveLength(11 * framesPerSecond);
    expect((await durations(joined.path)).tracks).toEqual([11]);
  });
});

/** Each clip is decoded only once. */
const framesOf = onceEach((path) => frameHashes(path));
const packetsOf = onceEach((path) => packets(path, "a"));

function onceEach<Value>(work: (path: string) => Promise<Value>): (path: string) => Promise<Value> {
  const done = new Map<string, Promise<Value>>();
  return (path) => {
    const value = done.get(path) ?? work(path);
    done.set(path, value);
    return value;
  };
}

/** Joins clips of 8 s and looks at every frame, at every packet of sound, and at how they go together at each join. */
async function expectJoined(clips: string[], seconds: number): Promise<void> {
  const { path, video } = await finish({ clips, seconds });
  const starts = await keyframeTimes(path);
  expect(starts).toHaveLength(clips.length);
  const frames = Math.round(seconds * framesPerSecond);
  const cuts = [...starts.map((start) => Math.round(start * framesPerSecond)), frames];
  const expected = await Promise.all(clips.map(async (clip, index) => {
    const source = await framesOf(clip);
    return source.slice(0, (cuts[index + 1] ?? 0) - (cuts[index] ?? 0));
  }));
  expect(await frameHashes(path)).toEqual(expected.flat());
  expect(video.duration_seconds).toBe(seconds);
  expect((await durations(path)).file).toBe(seconds);
  // A clean cut is at most half a mini-GOP of 4 frames beside the one wished for, and none adds to the next.
  cuts.slice(0, -1).forEach((cut, index) => {
    expect(Math.abs(cut - index * frames / clips.length), `join ${index}`).toBeLessThanOrEqual(2.5);
  });
  await expectSound(path, clips, starts, seconds);
}

async function expectSound(path: string, clips: string[], starts: number[], seconds: number): Promise<void> {
  const sound = await packets(path, "a");
  sound.slice(1).forEach((packet, index) => {
    expect(Math.abs(packet.pts_time - (sound[index]?.pts_time ?? 0) - packetSeconds)).toBeLessThan(printed);
  });
  const end = (sound.at(-1)?.pts_time ?? 0) + packetSeconds;
  expect(end - seconds).toBeGreaterThan(-packetSeconds / 2 - printed);
  expect(end - seconds).toBeLessThan(packetSeconds);
  for (const [index, clip] of clips.entries()) {
    const source = await packetsOf(clip);
    const begin = starts[index] ?? 0;
    const until = (starts[index + 1] ?? seconds) - 2 * packetSeconds;
    // Each packet well inside of the clip's picture is the clip's own, and as far in it as the picture is.
    const inside = sound.filter(({ pts_time }) => pts_time > begin + packetSeconds && pts_time < until);
    expect(inside.length).toBeGreaterThan(30);
    const shift = shiftOf(inside, source);
    expect(Math.abs(begin - shift), `clip ${index}`).toBeLessThanOrEqual(packetSeconds / 2 + printed);
  }
}

/** How much later the packets are in the video than in their clip, seconds; they must all be of it, and in a row. */
function shiftOf(inside: readonly Packet[], source: readonly Packet[]): number {
  const hashes = inside.map(({ data_hash }) => data_hash).join();
  for (let first = 0; first + inside.length <= source.length; first++) {
    const candidate = source.slice(first, first + inside.length);
    if (candidate.map(({ data_hash }) => data_hash).join() === hashes) {
      return (inside[0]?.pts_time ?? 0) - (candidate[0]?.pts_time ?? 0);
    }
  }
  throw new Error("These packets are not the clip's.");
}

async function keyframeTimes(path: string): Promise<number[]> {
  return (await packets(path, "v")).filter(({ flags }) => flags.startsWith("K")).map(({ pts_time }) => pts_time);
}

/** The effective value over 5 ms. */
function loudness(sound: Float32Array, seconds: number): number {
  const piece = sound.subarray(Math.round(seconds * soundRate), Math.round((seconds + 0.005) * soundRate));
  return Math.sqrt(piece.reduce((sum, value) => sum + value * value, 0) / piece.length);
}
