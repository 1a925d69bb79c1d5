import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, test } from "vitest";
import { rangedSourceOf } from "../../src/storage/task-files.ts";
import { readVideoFacts } from "../../src/video/facts.ts";
import { mp4 } from "../support/movies.ts";
import { file, text } from "../support/multipart.ts";
import { jpeg, lossyWebp, png } from "../support/pictures.ts";
import {
  callsSeen,
  ended,
  freshSandbox,
  get,
  postForm,
  started,
  statusOf,
  wake,
} from "../support/sandboxed-service.ts";

const pictures = [
  file("reference_image1", jpeg({ width: 64, height: 48 })),
  file("reference_image2", png({ width: 32, height: 32 })),
  file("reference_image3", lossyWebp(16, 24)),
];

beforeEach(freshSandbox);

describe("three pictures and a video", () => {
  test("become a clip, with every analysis, the merge and the prompt", async () => {
    const movie = file("video_reference", await mp4());
    const fields = [text("use_case", "gemstone_closeup"), text("aspect_ratio", "9:16"), text("quality", "standard")];
    const { task_id } = await started(await postForm([...pictures, movie, ...fields]));
    const task = await ended(task_id);

    expect(task).toMatchObject({ status: "succeeded", sandbox: true, error: null });
    expect(task.step1_analysis?.images.map((analysis) => analysis?.subject)).toEqual([
      expect.stringContaining("64"),
      expect.stringContaining("32"),
      expect.stringContaining("16"),
    ]);
    expect(task.step1_analysis?.video?.beats.length).toBeGreaterThan(0);
    expect(task.step1_analysis?.merged?.motion).not.toBeNull();
    expect(task.step2_prompt?.length).toBeGreaterThan(200);
    expect(task.step3_video_generation).toMatchObject({
      provider: "gemini",
      model: "veo-3.1-fast-generate-preview",
      status: "succeeded",
      duration_seconds: 8,
      width: 720,
      height: 1280,
      content_type: "video/mp4",
    });
    expect(task.cost).toMatchObject({ estimate_usd: 0.8, charged: "yes", actual_usd: 0.8 });
  });

  test("of which the video is longer than any film: its first minute is watched and followed", async () => {
    const movie = file("video_reference", await mp4({ seconds: 70 }));
    const task = await ended((await started(await postForm([...pictures, movie]))).task_id);
    expect(task).toMatchObject({ status: "succeeded", references: { video: { duration_seconds: 70 } } });
    expect(task.step1_analysis?.video?.beats.at(-1)?.end_seconds).toBe(60);
  });

  test("are paid for once", async () => {
    const { task_id } = await started(await postForm(pictures));
    await ended(task_id);
    const calls = (await callsSeen()).map(({ call }) => call);
    expect(calls.filter((call) => call === "image_analysis")).toHaveLength(3);
    expect(calls.filter((call) => call === "prompt")).toHaveLength(1);
    expect(calls.filter((call) => call === "submit")).toHaveLength(1);
  });

  test("tell when the task came into each status", async () => {
    const { task_id } = await started(await postForm(pictures));
    const { timeline, created_at, updated_at } = await ended(task_id);
    expect(timeline.map(({ status }) => status)).toEqual(
      ["queued", "analyzing", "prompting", "generating", "finishing", "succeeded"],
    );
    expect(timeline[0]?.at).toBe(created_at);
    expect(timeline.at(-1)?.at).toBe(updated_at);
    expect(Date.parse(timeline[4]?.at ?? "") - Date.parse(timeline[3]?.at ?? "")).toBeGreaterThanOrEqual(6_000);
  });

  test("are delivered byte for byte as Veo made them, under a readable name", async () => {
    const { task_id } = await started(await postForm(pictures));
    const { step3_video_generation: made } = await ended(task_id);
    const response = await get(made?.video_url ?? "");
    expect(response.headers.get("Content-Disposition")).toBe('inline; filename="general-16x9-8s.mp4"');
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect(bytes.byteLength).toBe(made?.bytes);
    const key = new URL(made?.video_url ?? "").pathname.replace("/veo31/", "");
    const facts = await readVideoFacts(rangedSourceOf(env.BUCKET, key, bytes.byteLength));
    expect(facts).toMatchObject({
      ok: true,
      facts: { width: 1920, height: 1080, duration_seconds: 8, has_audio: true },
    });
  });
});

describe("a started task", () => {
  test("is answered at once with where to follow it", async () => {
    const response = await postForm(pictures);
    const { headers } = response;
    const task = await started(response);
    expect(headers.get("Location")).toBe(task.links.self);
    expect(Number(headers.get("Retry-After"))).toBeGreaterThan(0);
    expect(task).toMatchObject({
      status: "queued",
      step1_analysis: null,
      step2_prompt: null,
      step3_video_generation: null,
      error: null,
    });
    expect(task.references.images.map(({ width, height, content_type }) => [width, height, content_type])).toEqual([
      [64, 48, "image/jpeg"],
      [32, 32, "image/png"],
      [16, 24, "image/webp"],
    ]);
    expect(task.cost).toMatchObject({ estimate_usd: 3.2, charged: "no", actual_usd: null });
  });

  test("does not name itself in the addresses of its files: who may see the video may not follow the task", async () => {
    const { task_id } = await started(await postForm(pictures));
    const task = await ended(task_id);
    expect(task.step3_video_generation?.video_url).not.toContain(task_id);
    expect(task.references.images[0]?.url).not.toContain(task_id);
  });

  test("gives its references back at their addresses", async () => {
    const { references } = await started(await postForm(pictures));
    const response = await get(references.images[0]?.url ?? "");
    expect(response.headers.get("Content-Type")).toBe("image/jpeg");
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(jpeg({ width: 64, height: 48 }));
  });

  test("is not sent again while nothing changed", async () => {
    const { task_id } = await started(await postForm(pictures));
    const first = await get(`/veo31/status/${task_id}`);
    const etag = first.headers.get("ETag") ?? "";
    await first.body?.cancel();
    expect((await get(`/veo31/status/${task_id}`, { "If-None-Match": etag })).status).toBe(304);
    await wake(task_id);
    const changed = await get(`/veo31/status/${task_id}`, { "If-None-Match": etag });
    expect(changed.status).toBe(200);
    await changed.body?.cancel();
  });

  test("says which picture is stored turned, and knows its size as people see it", async () => {
    const turned = file("reference_image1", jpeg({ width: 60, height: 40, orientation: 6 }));
    const task = await started(await postForm([turned]));
    expect(task.warnings).toMatchObject([{ code: "reference_rotated", message: expect.stringContaining("Picture 1") }]);
    expect(task.references.images[0]).toMatchObject({ width: 40, height: 60 });
  });

  test("is gone with all its files when it expires", async () => {
    const { task_id } = await started(await postForm(pictures));
    const done = await ended(task_id);
    expect(await wake(task_id)).toBeNull();
    expect((await get(`/veo31/status/${task_id}`)).status).toBe(404);
    expect((await get(done.step3_video_generation?.video_url ?? "")).status).toBe(404);
    const folder = new URL(done.references.images[0]?.url ?? "").pathname.replace(/^\/veo31\/|[^/]+$/g, "");
    expect((await env.BUCKET.list({ prefix: folder })).objects).toEqual([]);
  });
});

test("the five use cases give five different prompts for the same pictures", async () => {
  const prompts = new Set<string | null>();
  for (const useCase of ["product_video", "hero_image", "gemstone_closeup", "luxury_brand", "general"]) {
    const { task_id } = await started(await postForm([...pictures, text("use_case", useCase)]));
    await ended(task_id);
    prompts.add((await statusOf(task_id)).step2_prompt);
  }
  expect(prompts.size).toBe(5);
});

test("the customer's own words are in the prompt", async () => {
  const words = "Let the ring turn on black slate.";
  const { task_id } = await started(await postForm([...pictures, text("additional_prompt", words)]));
  expect((await ended(task_id)).step2_prompt).toContain("Let the ring turn on black slate");
});
