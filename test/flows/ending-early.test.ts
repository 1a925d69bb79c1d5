import { env, exports } from "cloudflare:workers";
import { listDurableObjectIds, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, test, vi } from "vitest";
import type { TaskView } from "../../src/task/view.ts";
import { taskViewSchema } from "../../src/task/view.ts";
import { mp4 } from "../support/movies.ts";
import { file, text } from "../support/multipart.ts";
import { jpeg } from "../support/pictures.ts";
import {
  callsSeen,
  ended,
  freshSandbox,
  get,
  keysInBucket,
  misbehave,
  postForm,
  postJson,
  started,
  statusOf,
  wake,
  wokenUntil,
} from "../support/sandboxed-service.ts";

const picture = file("reference_image1", jpeg({ width: 64, height: 48 }));
const alarmOf = (stub: DurableObjectStub) => runInDurableObject(stub, (_, { storage }) => storage.getAlarm());
const remove = (taskId: string) =>
  exports.default.fetch(new Request(`http://localhost/veo31/tasks/${taskId}`, { method: "DELETE" }));
const submits = async () => (await callsSeen()).filter(({ call }) => call === "submit").length;

async function begun(...more: ReturnType<typeof text>[]): Promise<TaskView> {
  return await started(await postForm([picture, ...more]));
}

/** Wakes the task until its clips are in the making. */
async function generating(...more: ReturnType<typeof text>[]): Promise<TaskView> {
  let task = await begun(...more);
  while (!task.step3_video_generation?.segments.every(({ status }) => status === "running")) {
    task = await wake(task.task_id) ?? task;
  }
  return task;
}

async function canceled({ links }: TaskView): Promise<TaskView> {
  const response = await postJson(links.cancel ?? "");
  expect(response.status).toBe(200);
  return taskViewSchema.parse(await response.json());
}

beforeEach(freshSandbox);

describe("cancelling", () => {
  test("while clips are made fetches and keeps them, and then tells what they cost", async () => {
    const task = await generating(text("duration_seconds", "16"), text("quality", "standard"));
    expect(await canceled(task)).toMatchObject({
      status: "generating",
      warnings: [{ code: "canceling" }],
      cost: { charged: "unknown", actual_usd: null, at_most_usd: 1.6 },
      links: { cancel: null },
    });
    const end = await ended(task.task_id);
    expect(end).toMatchObject({
      status: "canceled",
      error: { code: "canceled", charged: "yes" },
      cost: { charged: "yes", actual_usd: 1.6 },
      links: { cancel: null, video: null },
    });
    for (const { video_url } of end.step3_video_generation?.segments ?? []) {
      expect((await get(video_url ?? "")).headers.get("Content-Type")).toBe("video/mp4");
    }
    expect(await submits()).toBe(2);
  });

  test("while its video is put together ends at once, with the clip at its address", async () => {
    await misbehave({ call: "download", fault: "status_500" });
    const { task_id } = await begun();
    const finishing = await wokenUntil(task_id, ["finishing"]);
    expect(await canceled(finishing)).toMatchObject({ status: "finishing" });
    const end = await ended(task_id);
    expect(end).toMatchObject({ status: "canceled", error: { charged: "yes" } });
    expect(end.step3_video_generation?.segments[0]?.video_url).not.toBeNull();
  });

  test("twice is the same as once", async () => {
    const task = await begun();
    const first = await canceled(task);
    expect(first.status).toBe("canceled");
    expect(await canceled(task)).toEqual(first);
  });

  test("while a clip waits for a quota costs nothing", async () => {
    await misbehave({ call: "submit", fault: "status_429", times: 100 });
    const { task_id } = await begun();
    let task = await wokenUntil(task_id, ["generating"]);
    while (task.waiting === null) task = await wake(task_id) ?? task;
    expect(task.waiting).toMatchObject({ reason: "quota", message: expect.stringContaining("Veo") });
    expect(await canceled(task)).toMatchObject({
      status: "canceled",
      waiting: null,
      cost: { charged: "no", actual_usd: 0 },
    });
  });

  test("of a task that ended otherwise is answered 409", async () => {
    const { task_id } = await begun();
    await ended(task_id);
    const response = await postJson(`/veo31/tasks/${task_id}/cancel`);
    expect(response.status).toBe(409);
    expect(await response.json()).toMatchObject({ code: "wrong_state" });
  });
});

describe("deleting", () => {
  const moments: [string, () => Promise<string>][] = [
    ["just started", async () => (await begun()).task_id],
    ["prompting", async () => (await wokenUntil((await begun()).task_id, ["prompting", "generating"])).task_id],
    ["generating", async () => (await generating()).task_id],
    [
      "awaiting approval",
      async () => (await wokenUntil((await begun(text("review", "true"))).task_id, ["awaiting_approval"])).task_id,
    ],
    ["succeeded", async () => (await ended((await begun()).task_id)).task_id],
    ["cancelled", async () => (await canceled(await begun())).task_id],
  ];

  test.each(moments)(
    "a task that is %s leaves nothing of it, here or there, and nothing comes back",
    async (_, reach) => {
      const before = await keysInBucket();
      const task_id = await reach();
      expect((await keysInBucket()).length).toBeGreaterThan(before.length);
      expect((await remove(task_id)).status).toBe(204);
      expect(await keysInBucket()).toEqual(before);
      const seen = await submits();
      for (let alarms = 0; alarms < 5; alarms++) await wake(task_id);
      expect((await get(`/veo31/status/${task_id}`)).status).toBe(404);
      expect((await get(`/veo31/status/${task_id}/events`)).status).toBe(404);
      expect(await keysInBucket()).toEqual(before);
      expect(await submits()).toBe(seen);
      const stub = env.TASKS.getByName(task_id);
      const rows = await runInDurableObject(stub, async (_object, { storage }) => ({
        values: [...storage.kv.list()],
        tables: storage.sql.exec("select name from sqlite_master where name not like '\\_cf%' escape '\\'").toArray(),
        alarm: await storage.getAlarm(),
      }));
      expect(rows).toEqual({ values: [], tables: [], alarm: null });
    },
  );

  test("a task that is at work at that moment leaves nothing either", async () => {
    const before = await keysInBucket();
    const { task_id } = await generating();
    const stub = env.TASKS.getByName(task_id);
    // The poll finds the clip, and the same alarm copies it into the storage.
    vi.setSystemTime(Date.now() + 60_000);
    const atWork = runDurableObjectAlarm(stub);
    await vi.waitFor(async () => expect((await callsSeen()).map(({ call }) => call)).toContain("poll"));
    const response = await remove(task_id);
    expect(response.status).toBe(204);
    await atWork;
    await wake(task_id);
    expect(await keysInBucket()).toEqual(before);
    expect(await runInDurableObject(stub, (_, { storage }) => [...storage.kv.list()])).toEqual([]);
  });

  test("a task whose row cannot be read removes its files all the same", async () => {
    const before = await keysInBucket();
    const { task_id } = await begun();
    await runInDurableObject(env.TASKS.getByName(task_id), (_, { storage }) => {
      const stored = storage.kv.get<object>("task");
      storage.kv.put("task", { ...stored, version: 1_000, plan: null });
    });
    expect((await remove(task_id)).status).toBe(204);
    expect(await wake(task_id)).toBeNull();
    expect(await keysInBucket()).toEqual(before);
  });

  test("a task whose reference video is on its way to Google has it removed there too", async () => {
    const video = file("video_reference", await mp4({ frameBytes: 710_000 }));
    const { task_id } = await started(await postForm([picture, video]));
    const stub = env.TASKS.getByName(task_id);
    vi.setSystemTime(Math.max(await alarmOf(stub) ?? 0, Date.now()));
    const atWork = runDurableObjectAlarm(stub);
    await vi.waitFor(async () => expect((await callsSeen()).map(({ call }) => call)).toContain("file_upload"));
    expect((await remove(task_id)).status).toBe(204);
    await atWork;
    for (let alarms = 0; alarms < 3; alarms++) await wake(task_id);
    const calls = (await callsSeen()).map(({ call }) => call);
    expect(calls.filter((call) => call === "file_delete")).toHaveLength(
      calls.filter((call) => call === "file_bytes").length,
    );
  });

  test("a task whose video cannot be removed from Google tries that five times, more and more rarely", async () => {
    await misbehave({ call: "file_status", fault: "still_processing", times: 1_000 });
    await misbehave({ call: "file_delete", fault: "status_500", times: 1_000 });
    const video = file("video_reference", await mp4({ frameBytes: 710_000 }));
    const { task_id } = await started(await postForm([picture, video]));
    const stub = env.TASKS.getByName(task_id);
    const seen = async (name: string) => (await callsSeen()).filter(({ call }) => call === name).length;
    while (await seen("file_status") === 0) await wake(task_id);
    expect((await remove(task_id)).status).toBe(204);
    const pauses: number[] = [];
    for (let alarm = await alarmOf(stub); alarm !== null; alarm = await alarmOf(stub)) {
      pauses.push(alarm - Date.now());
      await wake(task_id);
    }
    expect(await seen("file_delete")).toBe(5);
    expect(pauses).toEqual([1_000, 30_000, 60_000, 90_000, 120_000]);
  });

  test("a second time, or what never was, is answered 404", async () => {
    const { task_id } = await begun();
    expect((await remove(task_id)).status).toBe(204);
    expect((await remove(task_id)).status).toBe(404);
    expect((await remove("0".repeat(32))).status).toBe(404);
    expect((await get(`/veo31/tasks/${task_id}`)).status).toBe(405);
  });

  test("asks nothing of an object that holds no task", async () => {
    await get(`/veo31/status/${"1".repeat(32)}`);
    const stub = env.TASKS.getByName("1".repeat(32));
    const tables = await runInDurableObject(
      stub,
      (_, { storage }) => storage.sql.exec("select name from sqlite_master where name = 'changes'").toArray(),
    );
    expect(tables).toEqual([]);
    expect((await listDurableObjectIds(env.TASKS)).length).toBeGreaterThan(0);
  });
});

describe("expiring", () => {
  test("happens on time even when the alarm is late, and takes everything with it", async () => {
    const before = await keysInBucket();
    const { task_id } = await begun();
    const { expires_at } = await ended(task_id);
    vi.setSystemTime(Date.parse(expires_at) - 1);
    expect((await get(`/veo31/status/${task_id}`)).status).toBe(200);
    vi.setSystemTime(Date.parse(expires_at));
    expect((await get(`/veo31/status/${task_id}`)).status).toBe(404);
    expect((await get(`/veo31/status/${task_id}/events`)).status).toBe(404);
    expect((await postJson(`/veo31/tasks/${task_id}/cancel`)).status).toBe(404);
    expect(await wake(task_id)).toBeNull();
    expect(await keysInBucket()).toEqual(before);
  });

  test("comes in the end to a task whose row can never be read again", async () => {
    const before = await keysInBucket();
    const { task_id, expires_at } = await begun();
    const stub = env.TASKS.getByName(task_id);
    await runInDurableObject(stub, (_, { storage }) => {
      const stored = storage.kv.get<object>("task");
      storage.kv.put("task", { ...stored, version: 1_000 });
    });
    vi.spyOn(console, "error").mockImplementation(() => {});
    vi.setSystemTime(Date.parse(expires_at) + 15 * 86_400_000);
    await runDurableObjectAlarm(stub);
    await wake(task_id);
    expect(await keysInBucket()).toEqual(before);
  });

  test("does not happen to a task that still runs", async () => {
    const { task_id } = await begun();
    vi.setSystemTime(Date.parse((await statusOf(task_id)).expires_at) + 1);
    expect((await get(`/veo31/status/${task_id}`)).status).toBe(200);
    expect((await ended(task_id)).status).toBe("succeeded");
  });
});
