/** A video of the length, shape and structure asked for, from the request to the file. */
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, test } from "vitest";
import { rangedSourceOf } from "../../src/storage/task-files.ts";
import type { TaskView } from "../../src/task/view.ts";
import { readVideoFacts } from "../../src/video/facts.ts";
import { file, text } from "../support/multipart.ts";
import { jpeg } from "../support/pictures.ts";
import {
  callsSeen,
  ended,
  freshSandbox,
  get,
  limitClips,
  misbehave,
  postForm,
  started,
} from "../support/sandboxed-service.ts";

const picture = file("reference_image1", jpeg({ width: 64, height: 48 }));
const frameSeconds = 1 / 24;
/** What is hidden at the end lies some ticks behind it, and mediabunny, which knows no end of an edit, counts it. */
const epsilonSeconds = 0.001;

beforeEach(freshSandbox);

async function made(fields: Record<string, string>): Promise<TaskView> {
  const form = Object.entries({ quality: "standard", ...fields }).map(([name, value]) => text(name, value));
  const { task_id } = await started(await postForm([picture, ...form]));
  return await ended(task_id);
}

async function factsAt(url: string | null | undefined) {
  if (!url) throw new Error("There is no video.");
  const key = new URL(url).pathname.replace("/veo31/", "");
  const head = await env.BUCKET.head(key);
  const read = await readVideoFacts(rangedSourceOf(env.BUCKET, key, head?.size ?? 0));
  if (!read.ok) throw new Error(read.message);
  return { ...read.facts, bytes: head?.size };
}

async function bytesAt(url: string | null | undefined): Promise<Uint8Array> {
  return new Uint8Array(await (await get(url ?? "")).arrayBuffer());
}

const submits = async () => (await callsSeen()).filter(({ call, accepted }) => call === "submit" && accepted).length;

describe("a video of shots", () => {
  test.each([
    ["5", "16:9", 1, 1280, 720],
    ["7", "9:16", 1, 720, 1280],
    ["10", "16:9", 2, 1280, 720],
    ["16", "9:16", 2, 720, 1280],
    ["23", "16:9", 3, 1280, 720],
    ["60", "16:9", 8, 1280, 720],
    ["8", "1:1", 1, 720, 720],
    ["13", "1:1", 2, 720, 720],
  ])("of %s s at %s is cut from %i clips to exactly that", async (seconds, aspect_ratio, clips, width, height) => {
    const task = await made({ duration_seconds: seconds, aspect_ratio });
    expect(task).toMatchObject({ status: "succeeded", error: null });
    const generation = task.step3_video_generation;
    const facts = await factsAt(generation?.video_url);
    expect(Math.abs(facts.duration_seconds - Number(seconds))).toBeLessThanOrEqual(frameSeconds + epsilonSeconds);
    expect(facts).toMatchObject({ width, height, has_audio: true, codec: "avc" });
    expect(generation).toMatchObject({ width, height, bytes: facts.bytes });
    expect(generation?.segments.map(({ status }) => status)).toEqual(Array(clips).fill("succeeded"));
    expect(await submits()).toBe(clips);
    expect(task.cost.actual_usd).toBeCloseTo(clips * 8 * 0.1, 10);
    expect(task.plan).toMatchObject({ width, height });
  });

  test("at high quality is 1080p", async () => {
    const task = await made({ duration_seconds: "12", quality: "high" });
    expect(await factsAt(task.step3_video_generation?.video_url)).toMatchObject({ width: 1920, height: 1080 });
  });

  test("keeps each clip as the model made it at its own address", async () => {
    const task = await made({ duration_seconds: "10" });
    const [first, second] = task.step3_video_generation?.segments ?? [];
    for (const clip of [first, second]) {
      expect((await factsAt(clip?.video_url)).duration_seconds).toBe(8);
    }
    const response = await get(second?.video_url ?? "");
    expect(response.headers.get("Content-Disposition")).toBe('inline; filename="general-16x9-10s-clip-2.mp4"');
    await response.body?.cancel();
  });

  test("that a quota lets in three by three only takes longer", async () => {
    await limitClips(3);
    const task = await made({ duration_seconds: "60" });
    expect(task).toMatchObject({ status: "succeeded", warnings: [] });
    expect((await callsSeen()).filter(({ call, accepted }) => call === "submit" && !accepted)).not.toEqual([]);
    expect(await submits()).toBe(8);
  });

  test("that is cut has another name than the clip it is cut from", async () => {
    const { step3_video_generation: generation } = await made({ duration_seconds: "5" });
    const nameOf = async (url: string | null | undefined) => (await get(url ?? "")).headers.get("Content-Disposition");
    expect(await nameOf(generation?.video_url)).toBe('inline; filename="general-16x9-5s.mp4"');
    expect(await nameOf(generation?.segments[0]?.video_url)).toBe('inline; filename="general-16x9-5s-clip-1.mp4"');
  });

  test("of which one clip is withheld pays for that one again alone, and says so", async () => {
    await misbehave({ call: "submit", fault: "filtered_audio", after: 1 });
    const task = await made({ duration_seconds: "24" });
    expect(task).toMatchObject({ status: "succeeded", warnings: [{ code: "clip_made_again" }] });
    expect(await submits()).toBe(4);
    expect(task.cost).toMatchObject({ charged: "yes", actual_usd: 2.4 });
  });

  test("of which one clip cannot be had ends with the others in hand", async () => {
    await misbehave({ call: "submit", fault: "filtered_prompt" });
    const task = await made({ duration_seconds: "16" });
    expect(task).toMatchObject({ status: "failed", error: { code: "filtered_prompt", charged: "yes" } });
    const urls = task.step3_video_generation?.segments.map(({ video_url }) => video_url) ?? [];
    const paid = urls.filter((url) => url !== null);
    expect(paid).toHaveLength(1);
    expect((await factsAt(paid[0])).duration_seconds).toBe(8);
    expect(task.cost.actual_usd).toBe(0.8);
  });
});

describe("a single take", () => {
  test.each([["15", 2], ["20", 3]])("of %s s is one clip and its extensions", async (seconds, clips) => {
    const task = await made({ duration_seconds: seconds, structure: "single_take" });
    const generation = task.step3_video_generation;
    expect(generation?.segments.map(({ kind }) => kind)).toEqual(["generate", ...Array(clips - 1).fill("extend")]);
    const facts = await factsAt(generation?.video_url);
    expect(Math.abs(facts.duration_seconds - Number(seconds))).toBeLessThanOrEqual(frameSeconds + epsilonSeconds);
    expect(await submits()).toBe(clips);
  });
});

describe("a square", () => {
  test("keeps the video before it was cropped, at the same address with variant=original", async () => {
    const task = await made({ duration_seconds: "8", aspect_ratio: "1:1" });
    const { video_url = null, original_url = null, segments = [] } = task.step3_video_generation ?? {};
    expect(await factsAt(original_url)).toMatchObject({ width: 720, height: 1280 });
    const original = await bytesAt(`${video_url}?variant=original`);
    expect(original).toEqual(await bytesAt(original_url));
    expect(original).toEqual(await bytesAt(segments[0]?.video_url));
    expect(task.warnings).toMatchObject([{ code: "square_players" }]);
    expect((await get(`${video_url}?variant=small`)).status).toBe(422);
  });

  test("that was joined keeps the joined video uncropped", async () => {
    const task = await made({ duration_seconds: "10", aspect_ratio: "1:1" });
    const original = await factsAt(task.step3_video_generation?.original_url);
    expect(original).toMatchObject({ width: 720, height: 1280 });
    expect(Math.abs(original.duration_seconds - 10)).toBeLessThanOrEqual(frameSeconds + epsilonSeconds);
  });
});

test("what is not a square has no other original", async () => {
  const { step3_video_generation: generation } = await made({});
  expect(generation?.original_url).toBeNull();
  expect(await bytesAt(`${generation?.video_url}?variant=original`)).toEqual(await bytesAt(generation?.video_url));
});

test("what needs no finishing is the model's own file, byte for byte", async () => {
  const { step3_video_generation: generation } = await made({ duration_seconds: "8" });
  expect(generation?.video_url).toBe(generation?.segments[0]?.video_url);
});
