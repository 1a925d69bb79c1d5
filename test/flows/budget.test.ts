/** What a key may spend a day, over HTTP. */
import { env } from "cloudflare:workers";
import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { BudgetView } from "../../src/budget/budget-view.ts";
import { endOfDay } from "../../src/budget/day.ts";
import { ledgerOf } from "../../src/budget/ledger-of.ts";
import type { TaskView } from "../../src/task/view.ts";
import { file, text } from "../support/multipart.ts";
import { jpeg } from "../support/pictures.ts";
import {
  callsSeen,
  ended,
  freshSandbox,
  keysInBucket,
  misbehave,
  postForm,
  postJson,
  remove,
  started,
  usualSettings,
  wake,
  withKey,
  withSettings,
  wokenUntil,
} from "../support/sandboxed-service.ts";

const picture = file("reference_image1", jpeg({ width: 64, height: 48 }));
const clip = [picture, text("quality", "standard")];
/** One clip of 8 s of the model that `standard` means. */
const clipUsd = 0.8;

let tests = 0;
let owner = "";

beforeEach(async () => {
  await freshSandbox();
  owner = `owner-${++tests}`;
  withSettings({ API_KEYS: `${owner}:${owner}-key`, DAILY_BUDGET_USD: "2.00" });
  withKey(`${owner}-key`);
});
afterEach(usualSettings);

async function budget(): Promise<BudgetView> {
  const { budget } = await (await postJson("/veo31/estimate", {})).json<{ budget: BudgetView }>();
  return budget;
}

const left = async () => (await budget()).left_usd;
const submits = async () => (await callsSeen()).filter(({ call }) => call === "submit").length;

async function make(parts = clip): Promise<TaskView> {
  return await ended((await started(await postForm(parts))).task_id);
}

describe("a daily budget", () => {
  test("is told with each estimate", async () => {
    expect(await budget()).toEqual({
      daily_usd: 2,
      left_usd: 2,
      renews_at: new Date(endOfDay(Date.now())).toISOString(),
    });
  });

  test("holds back what a video may cost from its start, and what it did cost from its end", async () => {
    const { task_id } = await started(await postForm(clip));
    expect(await left()).toBe(2 - clipUsd);
    expect((await ended(task_id)).cost.actual_usd).toBe(clipUsd);
    expect(await left()).toBe(2 - clipUsd);
  });

  test("refuses what it does not cover, tells what is left and when it renews, and keeps nothing", async () => {
    await make();
    await make();
    const before = await keysInBucket();
    const calls = (await callsSeen()).length;
    const response = await postForm(clip);
    expect(response.status).toBe(402);
    const renews_at = new Date(endOfDay(Date.now())).toISOString();
    expect(await response.json()).toMatchObject({
      code: "budget_exceeded",
      status: 402,
      budget: { daily_usd: 2, left_usd: 0.4, needed_usd: clipUsd, renews_at },
    });
    expect(Number(response.headers.get("Retry-After"))).toBe(Math.ceil((endOfDay(Date.now()) - Date.now()) / 1_000));
    expect(await keysInBucket()).toEqual(before);
    expect((await callsSeen()).length).toBe(calls);
    expect(await left()).toBe(0.4);
  });

  test("lets exactly as many of many at once through as it covers", async () => {
    const responses = await Promise.all(Array.from({ length: 12 }, () => postForm(clip)));
    expect(responses.map(({ status }) => status).toSorted()).toEqual([202, 202, ...new Array<number>(10).fill(402)]);
    expect(await left()).toBe(0.4);
  });

  test.each([
    ["a filter withheld the clip, which Google does not charge", "filtered_output", "no", 2],
    ["nobody knows whether it was paid", "hang", "unknown", 2 - clipUsd],
  ])("is given back only where nothing was paid: %s", async (_, fault, charged, remains) => {
    await misbehave({ call: "submit", fault, times: 9 });
    const task = await make();
    expect(task).toMatchObject({ status: "failed", cost: { charged } });
    expect(await left()).toBe(remains);
  });

  test("is given back when a task is cancelled before it paid, or deleted", async () => {
    const reviewed = [...clip, text("review", "true")];
    const canceled = await started(await postForm(reviewed));
    await postJson(canceled.links.cancel ?? "");
    await wake(canceled.task_id);
    expect(await left()).toBe(2);
    const deleted = await started(await postForm(reviewed));
    expect(await left()).toBe(2 - clipUsd);
    await remove(deleted.task_id);
    await wake(deleted.task_id);
    expect(await left()).toBe(2);
  });

  test("keeps what may have been paid of a task that is deleted while its clip is made", async () => {
    const { task_id } = await started(await postForm(clip));
    await wokenUntil(task_id, ["generating"]);
    await wake(task_id);
    await remove(task_id);
    await wake(task_id);
    expect(await left()).toBe(2 - clipUsd);
  });

  test("covers a clip that is made again after a try that may have cost money, or ends the task before it", async () => {
    // The first try breaks off in the model's house: nobody says that it is free.
    await misbehave({ call: "submit", fault: "operation_error", times: 1 });
    expect(await make()).toMatchObject({ status: "succeeded" });
    expect(await left()).toBe(0.4);
    await usedUp();
    await misbehave({ call: "submit", fault: "operation_error", times: 1 });
    const asked = await submits();
    withSettings({ DAILY_BUDGET_USD: "2.80" });
    const task = await make();
    expect(task).toMatchObject({ status: "failed", error: { code: "budget_exceeded", charged: "unknown" } });
    expect(await submits()).toBe(asked + 1);
  });

  test("lets paid clips of a video wait for the next day rather than be of no use", async () => {
    withSettings({ DAILY_BUDGET_USD: "1.60" });
    await misbehave({ call: "submit", fault: "operation_error", times: 1, after: 1 });
    const { task_id } = await started(await postForm([...clip, text("duration_seconds", "16")]));
    const waiting = await wokenWhile(task_id, ({ waiting }) => waiting?.reason !== "budget");
    const nextDay = endOfDay(Date.now());
    expect(waiting.waiting?.message).toContain("budget");
    expect(Date.parse(waiting.waiting?.until ?? "")).toBeGreaterThanOrEqual(nextDay);
    const task = await ended(task_id);
    expect(task).toMatchObject({ status: "succeeded", cost: { charged: "yes" } });
    expect(Date.parse(task.updated_at)).toBeGreaterThan(nextDay);
    expect(await left()).toBe(1.6 - clipUsd);
  });

  test("that is set while a task waits for its approval counts for it, too", async () => {
    withSettings({ DAILY_BUDGET_USD: "" });
    const { task_id } = await started(await postForm([...clip, text("review", "true")]));
    const { links } = await wokenUntil(task_id, ["awaiting_approval"]);
    withSettings({ DAILY_BUDGET_USD: "0.50" });
    expect((await postJson(links.approve ?? "")).status).toBe(402);
    withSettings({ DAILY_BUDGET_USD: "1" });
    expect((await postJson(links.approve ?? "")).status).toBe(200);
    expect((await ended(task_id)).status).toBe("succeeded");
    expect(await left()).toBe(0.2);
  });

  test("that no day has is told as such, and not to wait for", async () => {
    withSettings({ DAILY_BUDGET_USD: "0.50" });
    const response = await postForm(clip);
    expect(response.status).toBe(402);
    expect(response.headers.get("Retry-After")).toBeNull();
    expect((await response.json<{ detail: string }>()).detail).toContain("more than the $0.50 of a whole day");
  });

  test("keeps what was paid of a task that cannot be read any more, when it is deleted", async () => {
    const { task_id } = await started(await postForm(clip));
    await wokenUntil(task_id, ["generating"]);
    await wake(task_id);
    await runInDurableObject(env.TASKS.getByName(task_id), (_, { storage }) => {
      const stored = storage.kv.get<{ segments: { status: string }[] }>("task");
      const segments = stored?.segments.map((segment) => ({ ...segment, status: "of a later version" }));
      storage.kv.put("task", { ...stored, segments });
    });
    expect((await remove(task_id)).status).toBe(204);
    const alarm = await runInDurableObject(env.TASKS.getByName(task_id), (_, { storage }) => storage.getAlarm());
    vi.setSystemTime(alarm ?? 0);
    await runDurableObjectAlarm(env.TASKS.getByName(task_id));
    expect(await left()).toBe(2 - clipUsd);
  });

  test("is not held back by a stranger who knocks at a task that is being removed", async () => {
    const { task_id } = await started(await postForm(clip));
    await remove(task_id);
    const task = env.TASKS.getByName(task_id);
    const alarmOf = () => runInDurableObject(task, (_, { storage }) => storage.getAlarm());
    const before = await alarmOf();
    await postJson(`/veo31/tasks/${task_id}/approve`);
    expect(await alarmOf()).toBe(before);
  });

  test("of the day on which prompts are approved pays for them", async () => {
    const { task_id, links } = await started(await postForm([...clip, text("review", "true")]));
    await wokenUntil(task_id, ["awaiting_approval"]);
    const approve = links.self.replace("/status/", "/tasks/") + "/approve";
    vi.setSystemTime(endOfDay(Date.now()) + 1);
    expect(await left()).toBe(2);
    await make();
    await make();
    const refused = await postJson(approve);
    expect(refused.status).toBe(402);
    expect(await refused.json()).toMatchObject({ budget: { left_usd: 0.4, needed_usd: clipUsd } });
    withSettings({ DAILY_BUDGET_USD: "4" });
    expect((await postJson(approve)).status).toBe(200);
    expect(await left()).toBeCloseTo(4 - 3 * clipUsd);
    await ended(task_id);
    expect(await left()).toBeCloseTo(4 - 3 * clipUsd);
  });

  test("of zero lets nothing be made", async () => {
    withSettings({ DAILY_BUDGET_USD: "0" });
    expect((await postForm(clip)).status).toBe(402);
    expect(await callsSeen()).toEqual([]);
  });

  test("is everybody's together where there are no keys", async () => {
    withSettings({ API_KEYS: "" });
    withKey(null);
    const before = await left();
    const { task_id } = await started(await postForm(clip));
    expect(await left()).toBeCloseTo(before - clipUsd);
    await remove(task_id);
    await wake(task_id);
    expect(await left()).toBeCloseTo(before);
  });

  test.each(["-1", "two", "1e3", "1.1234567"])("that reads %s stops the service, by name", async (value) => {
    withSettings({ DAILY_BUDGET_USD: value });
    const response = await postForm(clip);
    expect(response.status).toBe(503);
    expect((await response.json<{ detail: string }>()).detail).toContain("DAILY_BUDGET_USD");
  });
});

/** Wakes the task as long as it is so. */
async function wokenWhile(taskId: string, isSo: (task: TaskView) => boolean): Promise<TaskView> {
  for (let alarms = 0; alarms < 200; alarms++) {
    const task = await wake(taskId);
    if (!task) throw new Error("The task is gone.");
    if (!isSo(task)) return task;
  }
  throw new Error("The task stays as it is.");
}

/** Another task's share, so that 0.80 are left of 2.80: one clip, and not two. */
async function usedUp(): Promise<void> {
  const ledger = ledgerOf(env, `name:${owner}`);
  await ledger.reserve({ task_id: "other", micro_usd: 400_000, budget_micro_usd: 2_000_000 });
  expect(await left()).toBe(0);
}

describe("what a request leaves whose Worker dies in the middle of it", () => {
  test("is not taken up by a start that comes when it is being removed", async () => {
    const { task_id } = await started(await postForm(clip));
    await remove(task_id);
    await runInDurableObject(env.TASKS.getByName(task_id), async (task) => {
      const again = task.expect("fedcba9876543210fedcba9876543210");
      await expect(again).rejects.toThrow("does not start again");
    });
  });

  test("is removed within the hour: its files, and what was set aside", async () => {
    const task = env.TASKS.getByName("0123456789abcdef0123456789abcdef");
    await task.expect("fedcba9876543210fedcba9876543210");
    await env.BUCKET.put("media/fedcba9876543210fedcba9876543210/reference_image1.jpg", "picture");
    const alarm = await runInDurableObject(task, (_, { storage }) => storage.getAlarm());
    expect((alarm ?? 0) - Date.now()).toBe(3_600_000);
    await wake("0123456789abcdef0123456789abcdef");
    expect(await keysInBucket()).toEqual([]);
    expect(await runInDurableObject(task, (_, { storage }) => storage.getAlarm())).toBeNull();
  });
});
