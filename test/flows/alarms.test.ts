/** Alarms come late, come twice, and break in the middle: the task goes on all the same, and its clip is paid for once. */
import { env } from "cloudflare:workers";
import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, test, vi } from "vitest";
import type { TaskObject } from "../../src/task/object.ts";
import { hasEnded } from "../../src/task/status.ts";
import { file, text } from "../support/multipart.ts";
import { jpeg } from "../support/pictures.ts";
import { callsSeen, ended, freshSandbox, postForm, started, statusOf } from "../support/sandboxed-service.ts";

const picture = file("reference_image1", jpeg({ width: 64, height: 48 }));
const acceptedSubmits = async () =>
  (await callsSeen()).filter(({ call, accepted }) => call === "submit" && accepted).length;

async function begun(...more: ReturnType<typeof text>[]) {
  const { task_id } = await started(await postForm([picture, ...more]));
  return { taskId: task_id, stub: env.TASKS.getByName(task_id) };
}

const alarmOf = (stub: DurableObjectStub<TaskObject>) =>
  runInDurableObject(stub, (_, { storage }) => storage.getAlarm());

beforeEach(freshSandbox);

describe("an alarm", () => {
  /** Analysis and prompt begin and end before it, and the submit begins. */
  const answerOfSubmit = 6;

  /** As many as a task of one picture and one clip needs. */
  const saves = Array.from({ length: 12 }, (_, index) => index + 1);

  test.each(saves)("whose save number %i fails is armed again, and nothing is paid twice", async (failing) => {
    const { taskId, stub } = await begun();
    const saves = await failingSave(stub, failing);
    let task = await statusOf(taskId);
    while (!hasEnded(task)) {
      const alarm = await alarmOf(stub);
      expect(alarm).not.toBeNull();
      vi.setSystemTime(Math.max(alarm ?? 0, Date.now()));
      await runDurableObjectAlarm(stub);
      task = await statusOf(taskId);
    }
    expect(saves()).toBeGreaterThanOrEqual(failing);
    expect(await acceptedSubmits()).toBe(1);
    const isAnswerLost = failing === answerOfSubmit;
    expect(task.error?.code ?? task.status).toBe(isAnswerLost ? "submit_unknown" : "succeeded");
    expect(task.cost.charged).toBe(isAnswerLost ? "unknown" : "yes");
  });

  /** Lets one save of the object fail. @returns how many it has made */
  async function failingSave(stub: DurableObjectStub<TaskObject>, failing: number): Promise<() => number> {
    let count = 0;
    await runInDurableObject(stub, (_, { storage }) => {
      const put = storage.kv.put.bind(storage.kv);
      storage.kv.put = (key, value) => {
        if (++count === failing) throw new Error("The storage fails.");
        put(key, value);
      };
    });
    return () => count;
  }

  test("that is delivered twice each time does everything once", async () => {
    const { taskId, stub } = await begun(text("duration_seconds", "16"));
    for (let task = await statusOf(taskId); task.status !== "succeeded"; task = await statusOf(taskId)) {
      vi.setSystemTime(Math.max(await alarmOf(stub) ?? 0, Date.now()));
      await runInDurableObject(stub, async (object) => {
        await object.alarm();
        await object.alarm();
      });
    }
    expect(await acceptedSubmits()).toBe(2);
  });

  test("that is always hours late still ends in the video", async () => {
    const { taskId, stub } = await begun();
    for (let task = await statusOf(taskId); task.status !== "succeeded"; task = await statusOf(taskId)) {
      expect(task.error).toBeNull();
      vi.setSystemTime((await alarmOf(stub) ?? 0) + 10 * 3_600_000);
      await runDurableObjectAlarm(stub);
    }
    expect(await acceptedSubmits()).toBe(1);
  });

  test("of a row that cannot be read neither throws nor stops coming", async () => {
    const { taskId, stub } = await begun();
    const readable = await runInDurableObject(stub, (_, { storage }) => {
      const stored = storage.kv.get("task");
      storage.kv.put("task", { version: 1_000 });
      return stored;
    });
    const told = vi.spyOn(console, "error").mockImplementation(() => {});
    await runDurableObjectAlarm(stub);
    expect(told.mock.calls.map(([line]) => JSON.parse(String(line)))).toMatchObject([
      { event: "alarm_failed", task_id: taskId },
      { event: "task_unreadable", task_id: taskId },
    ]);
    expect(await alarmOf(stub)).toBeGreaterThan(Date.now());
    await runInDurableObject(stub, (_, { storage }) => storage.kv.put("task", readable));
    expect((await ended(taskId)).status).toBe("succeeded");
  });

  test("begins nothing new when its time is over, and is followed by another at once", async () => {
    const { taskId, stub } = await begun();
    await runInDurableObject(stub, async (object, { storage }) => {
      const put = storage.kv.put.bind(storage.kv);
      storage.kv.put = (key, value) => {
        put(key, value);
        // Each save takes a minute.
        vi.setSystemTime(Date.now() + 60_000);
      };
      await object.alarm();
      storage.kv.put = put;
      expect(await storage.getAlarm()).toBeLessThanOrEqual(Date.now());
    });
    expect((await statusOf(taskId)).status).not.toBe("succeeded");
    expect((await ended(taskId)).status).toBe("succeeded");
  });
});
