import { env, exports } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { rangedSourceOf } from "../../src/storage/task-files.ts";
import { readVideoFacts } from "../../src/video/facts.ts";
import { dialects } from "../support/dialects.ts";
import { mp4 } from "../support/movies.ts";
import { file, text } from "../support/multipart.ts";
import { jpeg } from "../support/pictures.ts";
import {
  callsSeen,
  clipsTake,
  ended,
  freshSandbox,
  keysInBucket,
  operationsSeen,
  postForm,
  postJson,
  started,
  usualSettings,
  wake,
  withSettings,
  wokenUntil,
} from "../support/sandboxed-service.ts";

const pictures = [
  file("reference_image1", jpeg({ width: 64, height: 48 })),
  file("reference_image2", jpeg({ width: 48, height: 64 })),
];

beforeEach(freshSandbox);
afterEach(usualSettings);

async function keysOf(name: string): Promise<string[]> {
  return (await keysInBucket()).filter((key) => key.includes(name));
}

async function factsAt(videoUrl: string) {
  const key = new URL(videoUrl).pathname.replace("/veo31/", "");
  const object = await env.BUCKET.head(key);
  const facts = await readVideoFacts(rangedSourceOf(env.BUCKET, key, object?.size ?? 0));
  if (!facts.ok) throw new Error("The file is no video.");
  return facts.facts;
}

describe.each(dialects)("with $name", ({ provider, variables }) => {
  beforeEach(() => withSettings({ VIDEO_PROVIDER: provider, ...variables }));

  test.each([
    ["7", "shots", "16:9", [1280, 720]],
    ["20", "shots", "9:16", [720, 1280]],
    ["60", "shots", "16:9", [1280, 720]],
    ["25", "single_take", "9:16", [720, 1280]],
    ["12", "single_take", "1:1", [720, 720]],
  ])("%s s of %s at %s are made exactly", async (seconds, structure, ratio, [width, height]) => {
    const wish = { duration_seconds: seconds, structure, aspect_ratio: ratio, quality: "standard" };
    const fields = Object.entries(wish).map(([name, value]) => text(name, value));
    const task = await ended((await started(await postForm([...pictures, ...fields]))).task_id);
    expect(task.error).toBeNull();
    expect(task.step3_video_generation).toMatchObject({ provider, status: "succeeded", width, height });
    const facts = await factsAt(task.step3_video_generation?.video_url ?? "");
    expect(facts.duration_seconds).toBeCloseTo(Number(seconds), 1);
    expect(task.warnings.map(({ code }) => code)).not.toContain("duration_differs");
    const submits = (await callsSeen()).filter(({ call }) => call === "submit");
    expect(submits).toHaveLength(task.plan.segments.length);
    expect(task.cost).toMatchObject({ charged: "yes", actual_usd: task.cost.estimate_usd });
  });

  test("a reference video guides the clip", async () => {
    const movie = file("video_reference", await mp4());
    const task = await ended((await started(await postForm([...pictures, movie]))).task_id);
    expect(task).toMatchObject({ status: "succeeded", error: null });
    expect(task.step2_prompt).toContain("reference video");
    const [submit] = (await callsSeen()).filter(({ call }) => call === "submit");
    const excerpts = await keysOf("excerpt-");
    // Only Omni takes a video; the others are told of it in words.
    expect(excerpts.length > 0).toBe(provider === "omni");
    expect(task.step3_video_generation?.segments[0]?.excerpts).toBe(provider === "omni" ? excerpts.length : null);
    expect(JSON.stringify(submit?.detail).includes("video/mp4")).toBe(provider === "omni");
  });
});

describe("what Gemini Omni keeps of a task", () => {
  beforeEach(() => withSettings({ VIDEO_PROVIDER: "omni" }));

  test("is forgotten when the task has ended, and the clips stay here", async () => {
    const wish = [text("duration_seconds", "20")];
    const task = await ended((await started(await postForm([...pictures, ...wish]))).task_id);
    expect(task.status).toBe("succeeded");
    const kept = await operationsSeen();
    expect(kept).toHaveLength(2);
    expect(kept.every(({ forgotten_at }) => forgotten_at !== null)).toBe(true);
    expect(await keysOf("clip-")).toHaveLength(2);
  });

  test("is stopped and forgotten when the task is deleted", async () => {
    const { task_id } = await started(await postForm(pictures));
    await wokenUntil(task_id, ["generating"]);
    expect((await remove(task_id)).status).toBe(204);
    await wake(task_id);
    expect(await operationsSeen()).toMatchObject([{ ending: "cancelled", forgotten_at: expect.any(Number) }]);
  });

  test("is stopped when the task is cancelled, and what that cost is not known", async () => {
    const { task_id } = await started(await postForm(pictures));
    await wokenUntil(task_id, ["generating"]);
    expect((await postJson(`/veo31/tasks/${task_id}/cancel`)).status).toBe(200);
    const task = await ended(task_id);
    expect(task).toMatchObject({ status: "canceled", error: { code: "canceled", charged: "unknown" } });
    expect(task.cost).toMatchObject({ at_least_usd: 0, at_most_usd: 1.2, actual_usd: null });
  });
});

describe("a clip that Gemini Omni does not finish", () => {
  test("is stopped, before it is forgotten, once its deadline has passed", async () => {
    withSettings({ VIDEO_PROVIDER: "omni" });
    await clipsTake(7 * 24 * 3_600_000);
    const task = await ended((await started(await postForm(pictures))).task_id);
    expect(task).toMatchObject({ status: "failed", error: { code: "deadline_exceeded", charged: "unknown" } });
    expect(await operationsSeen()).toMatchObject([{ ending: "cancelled", forgotten_at: expect.any(Number) }]);
  });
});

function remove(taskId: string): Promise<Response> {
  return exports.default.fetch(new Request(`http://localhost/veo31/tasks/${taskId}`, { method: "DELETE" }));
}
