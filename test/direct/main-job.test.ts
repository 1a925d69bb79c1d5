/** The library without a server: a video is made in the caller's own process, here a Worker. */
import { beforeEach, expect, test } from "vitest";
import type { Way } from "../../src/client/way.ts";
import type { Task } from "../../src/client/task.ts";
import { readVideoFacts } from "../../src/video/facts.ts";
import { directWay, made, never, submitsSeen } from "../support/direct.ts";
import { mp4 } from "../support/movies.ts";
import { jpeg, lossyWebp, png } from "../support/pictures.ts";
import { callsSeen, freshSandbox, misbehave, retire } from "../support/sandboxed-service.ts";

const picture = jpeg({ width: 64, height: 48 });

beforeEach(freshSandbox);

/** What the finished file really is. */
async function factsOf(way: Way, task: Task) {
  const { body, bytes } = await way.openVideo(task);
  const content = new Uint8Array(await new Response(body).arrayBuffer());
  expect(content.length).toBe(bytes);
  const read = (start: number, end: number) => Promise.resolve(content.slice(start, end));
  return await readVideoFacts({ bytes: content.length, read });
}

test("pictures and a video of every kind become a video of exactly the length asked for", async () => {
  const way = await directWay();
  const stream = new Blob([lossyWebp(16, 24)]).stream();
  const task = await made(way, {
    referenceImages: [picture, new Blob([png({ width: 32, height: 32 })]), stream],
    videoReference: await mp4(),
    ...{ useCase: "gemstone_closeup", durationSeconds: 10, aspectRatio: "9:16" },
  });

  expect(task).toMatchObject({ status: "succeeded", error: null, links: null });
  expect(task.references.images.map(({ content_type }) => content_type)).toEqual(
    ["image/jpeg", "image/png", "image/webp"],
  );
  expect(task.step1_analysis?.video?.beats.length).toBeGreaterThan(0);
  expect(task.step2_prompt?.length).toBeGreaterThan(200);
  expect(task.step3_video_generation).toMatchObject({ duration_seconds: 10, video_url: /^memory:/ });
  expect(await factsOf(way, task)).toMatchObject({ ok: true, facts: { content_type: "video/mp4", width: 1080 } });
  expect(await way.openVideo(task)).toMatchObject({ fileName: "gemstone-closeup-9x16-10s.mp4" });
});

test("twenty seconds are made of shots, each paid for once", async () => {
  const way = await directWay();
  const task = await made(way, { referenceImages: [picture], durationSeconds: 20 });
  expect(task.step3_video_generation).toMatchObject({ status: "succeeded", duration_seconds: 20 });
  expect(await factsOf(way, task)).toMatchObject({ ok: true, facts: { duration_seconds: expect.closeTo(20, 1) } });
  expect(await submitsSeen()).toBe(task.plan.segments.length);
});

test("each change is told, the end last", async () => {
  const way = await directWay();
  const { task_id, status: atFirst } = await way.start({ referenceImages: [picture] }, never);
  const seen = [atFirst];
  for await (const { status } of way.follow(task_id, never)) if (seen.at(-1) !== status) seen.push(status);
  expect(seen).toEqual(["queued", "analyzing", "prompting", "generating", "finishing", "succeeded"]);
});

test("an address is fetched by the caller's own fetch", async () => {
  const task = await made(await directWay(), {
    referenceImages: [new URL("http://localhost/sandbox/samples/emerald-ring-front.jpg")],
  });
  expect(task).toMatchObject({ status: "succeeded", references: { images: [{ content_type: "image/jpeg" }] } });
});

test("a clip that is filtered is asked for once more, and then the task fails without a video", async () => {
  await misbehave({ call: "submit", fault: "filtered_output", times: 2 });
  const way = await directWay();
  const task = await made(way, { referenceImages: [picture] });
  expect(task).toMatchObject({ status: "failed", error: { code: "filtered_output" } });
  expect(await submitsSeen()).toBe(2);
  await expect(way.openVideo(task)).rejects.toMatchObject({ name: "RequestRefusedError", code: "wrong_state" });
});

test("a model that turns out to be gone is replaced by its successor, with a warning", async () => {
  await retire("veo-3.1-generate-preview");
  const task = await made(await directWay(), { referenceImages: [picture] });
  expect(task).toMatchObject({ status: "succeeded", plan: { provider: "omni" } });
  expect(task.warnings.map(({ code }) => code)).toContain("model_replaced");
});

test("without an OpenAI key, Gemini looks at the pictures", async () => {
  const task = await made(await directWay({ openaiApiKey: "" }), { referenceImages: [picture] });
  expect(task.status).toBe("succeeded");
  expect((await callsSeen()).some(({ call }) => call === "image_analysis")).toBe(true);
});

test("nothing is asked for an estimate, nor for what can be had", async () => {
  const way = await directWay();
  const estimate = await way.estimate({ durationSeconds: 20, quality: "standard" });
  expect(estimate).toMatchObject({ plan: { duration_seconds: 20 }, budget: null, time: null });
  expect(await way.capabilities()).toMatchObject({ missing: [], takes_video: true, api_key_required: false });
  expect(await callsSeen()).toEqual([]);
});

test("the log is told each step of a task, where one is wanted", async () => {
  const events: string[] = [];
  const log = {
    event: (event: string) => void events.push(event),
    failure: (event: string) => void events.push(event),
  };
  const way = await directWay({ log });
  expect(await made(way, { referenceImages: [jpeg({ width: 64, height: 48 })] })).toMatchObject({
    status: "succeeded",
  });
  expect(events).toEqual(expect.arrayContaining(["image_analysed", "clip_submitted", "clip_stored"]));
});
