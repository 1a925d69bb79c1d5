/** What a person decides about a video that this process makes. */
import { beforeEach, expect, test } from "vitest";
import type { PromptEdits } from "../../src/client/index.ts";
import { directWay, made, never, settled, submitsSeen } from "../support/direct.ts";
import { jpeg } from "../support/pictures.ts";
import { callsSeen, freshSandbox } from "../support/sandboxed-service.ts";

const referenceImages = [jpeg({ width: 64, height: 48 })];
const nobody = "0".repeat(32);

beforeEach(freshSandbox);

test("prompts wait to be approved, and go out as they were edited", async () => {
  const way = await directWay();
  const waiting = await made(way, { referenceImages, review: true });
  expect(waiting).toMatchObject({ status: "awaiting_approval", approve_by: expect.any(String) });
  expect(await submitsSeen()).toBe(0);

  await way.approve(waiting.task_id, { prompt: "A slow orbit around the ring, in the light of a window." });
  expect(await settled(way, waiting.task_id)).toMatchObject({
    status: "succeeded",
    step2_prompt: "A slow orbit around the ring, in the light of a window.",
  });
  await expect(way.approve(waiting.task_id, null)).rejects.toMatchObject({ code: "wrong_state" });
});

test("prompts that cannot be used are refused, and still wait", async () => {
  const way = await directWay();
  const { task_id } = await made(way, { referenceImages, review: true });
  const approval = way.approve(task_id, { prompts: ["One.", "Two."] });
  await expect(approval).rejects.toMatchObject({ code: "invalid_input", problems: [{ field: "prompts" }] });
  expect(await way.status(task_id)).toMatchObject({ status: "awaiting_approval" });
});

test.each([
  [{ promt: "Typed wrong." }, "promt"],
  [{ prompts: "Not a list." }, "prompts"],
  ["Not an object.", "edits"],
])("%j are no edits: nothing goes out as it was, and the task can be decided about again", async (given, field) => {
  const way = await directWay();
  const { task_id } = await made(way, { referenceImages, review: true });
  const edits: PromptEdits = JSON.parse(JSON.stringify(given));
  await expect(way.approve(task_id, edits)).rejects.toMatchObject({ code: "invalid_input", problems: [{ field }] });
  expect(await way.cancel(task_id)).toMatchObject({ status: "canceled", cost: { charged: "no" } });
});

test("a task is given up before anything is paid for", async () => {
  const way = await directWay();
  const { task_id } = await made(way, { referenceImages, review: true });
  expect(await way.cancel(task_id)).toMatchObject({ status: "canceled", cost: { charged: "no" } });
  expect(await submitsSeen()).toBe(0);
});

test("a clip that is being made when its task is given up is fetched and kept", async () => {
  const way = await directWay();
  const { task_id } = await way.start({ referenceImages }, never);
  for await (const task of way.follow(task_id, never)) {
    if (task.step3_video_generation?.status === "running" && task.warnings.length === 0) await way.cancel(task_id);
  }
  const task = await way.status(task_id);
  expect(task).toMatchObject({ status: "canceled", cost: { charged: "yes" } });
  expect(task.step3_video_generation?.segments[0]?.video_url).toMatch(/^memory:/);
});

test("a removed task is gone with its files, also while it runs", async () => {
  const way = await directWay();
  const finished = await made(way, { referenceImages });
  const { task_id } = await way.start({ referenceImages }, never);
  for (const id of [finished.task_id, task_id]) {
    await way.remove(id);
    await expect(way.status(id)).rejects.toMatchObject({ name: "RequestRefusedError", code: "not_found" });
  }
  await expect(way.openVideo(finished)).rejects.toMatchObject({ code: "not_found" });
});

test.each([nobody, "../secrets", ""])("nobody knows a task called %j", async (taskId) => {
  const way = await directWay();
  await expect(way.status(taskId)).rejects.toMatchObject({ code: "not_found" });
  await expect(way.cancel(taskId)).rejects.toMatchObject({ code: "not_found" });
  await expect(way.remove(taskId)).rejects.toMatchObject({ code: "not_found" });
  await expect(settled(way, taskId)).rejects.toMatchObject({ code: "not_found" });
});

test("who stops following is not told more; the task goes on", async () => {
  const way = await directWay();
  const { task_id } = await way.start({ referenceImages }, never);
  const stop = new AbortController();
  const following = (async () => {
    for await (const _ of way.follow(task_id, stop.signal)) stop.abort(new Error("enough"));
  })();
  await expect(following).rejects.toThrow("enough");
  expect(await settled(way, task_id)).toMatchObject({ status: "succeeded" });
});

test("the same key gives the same task, and another order under it is refused", async () => {
  const way = await directWay();
  const order = { referenceImages, durationSeconds: 6, idempotencyKey: "order-1" };
  const [first, second] = await Promise.all([way.start(order, never), way.start(order, never)]);
  expect(second.task_id).toBe(first.task_id);
  await settled(way, first.task_id);
  expect(await way.start(order, never)).toMatchObject({ task_id: first.task_id, status: "succeeded" });

  const others = [{ ...order, durationSeconds: 8 }, { ...order, referenceImages: [jpeg({ width: 32, height: 32 })] }];
  for (const other of others) {
    await expect(way.start(other, never)).rejects.toMatchObject({ code: "idempotency_conflict" });
  }
  expect((await callsSeen()).filter(({ call }) => call === "image_analysis")).toHaveLength(1);
});
