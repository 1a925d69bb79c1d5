/** A webhook that was not taken is sent again by the standard's schedule, as long as there is a task to tell of. */
import { env } from "cloudflare:workers";
import { runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { nextTryAt, webhookPausesMs } from "../../src/webhooks/schedule.ts";
import { file, text } from "../support/multipart.ts";
import { jpeg } from "../support/pictures.ts";
import {
  ended,
  freshSandbox,
  get,
  postForm,
  postJson,
  remove,
  started,
  statusOf,
  usualSettings,
  wake,
  withSettings,
} from "../support/sandboxed-service.ts";
import { callbackUrl, receiveWebhooks, verified } from "../support/webhook-receiver.ts";

const picture = file("reference_image1", jpeg({ width: 64, height: 48 }));
const callback = text("callback_url", callbackUrl);

beforeEach(freshSandbox);
afterEach(usualSettings);

async function endedTask() {
  return await ended((await started(await postForm([picture, callback]))).task_id);
}

describe("a receiver that takes nothing", () => {
  test("is tried ten times over three days, and then given up with the task as it was", async () => {
    const { received } = receiveWebhooks(...new Array<number>(50).fill(503));
    const { task_id } = await endedTask();
    const tries = [Date.now()];
    for (;;) {
      const task = await wake(task_id);
      if (!task || received.length === tries.length) throw new Error("No further try came.");
      tries.push(Date.now());
      expect(task.status).toBe("succeeded");
      if (task.webhook?.status === "failed") break;
    }
    expect(tries).toHaveLength(10);
    const pauses = tries.slice(1).map((at, index) => at - (tries[index] ?? 0));
    pauses.forEach((pause, index) => {
      const planned = webhookPausesMs[index] ?? 0;
      expect(pause).toBeGreaterThanOrEqual(planned);
      expect(pause).toBeLessThanOrEqual(planned * 1.1 + 1);
    });
    expect(new Set(received.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
    expect(received.map(({ headers }) => Number(headers["webhook-timestamp"])))
      .toEqual(tries.map((at) => Math.floor(at / 1_000)));
    for (const webhook of received) verified(webhook);
    const { webhook } = await statusOf(task_id);
    expect(webhook).toMatchObject({ status: "failed", next_attempt_at: null });
    expect(webhook?.deliveries).toHaveLength(10);
    // What is left to do is to forget the task.
    expect(await wake(task_id)).toBeNull();
    expect(received).toHaveLength(10);
  });

  test("can have it sent again, and of all tries the last are shown", async () => {
    receiveWebhooks(...new Array<number>(50).fill(500));
    const { task_id } = await endedTask();
    for (let times = 0; times < 24; times++) {
      await postJson(`/veo31/tasks/${task_id}/redeliver`);
      await wake(task_id);
    }
    expect((await statusOf(task_id)).webhook?.deliveries).toHaveLength(20);
  });
});

test.each<[string, Parameters<typeof receiveWebhooks>[0], object]>([
  ["an error", 500, { outcome: "rejected", status_code: 500 }],
  ["not found", 404, { outcome: "rejected", status_code: 404 }],
  [
    "a redirect, which is not followed",
    Response.redirect("https://elsewhere.example/"),
    { outcome: "redirected", status_code: 302 },
  ],
  ["a broken connection", new TypeError("reset"), { outcome: "unreachable", status_code: null }],
])("%s is seen in the task, and tried again five seconds later", async (_name, answer = 500, delivery) => {
  const { received } = receiveWebhooks(answer);
  const { task_id, webhook } = await endedTask();
  const [tried] = webhook?.deliveries ?? [];
  expect(tried).toMatchObject(delivery);
  expect(webhook?.status).toBe("delivering");
  const pause = Date.parse(webhook?.next_attempt_at ?? "") - Date.parse(tried?.at ?? "");
  expect(pause).toBeGreaterThanOrEqual(5_000);
  expect(pause).toBeLessThanOrEqual(5_501);
  expect((await wake(task_id))?.webhook?.status).toBe("delivered");
  expect(received.map(({ url }) => url)).toEqual([callbackUrl, callbackUrl]);
});

test("a receiver that is gone (410) is left alone, until its owner wants otherwise", async () => {
  const { received } = receiveWebhooks(410);
  const { task_id, webhook } = await endedTask();
  expect(webhook).toMatchObject({ status: "failed", next_attempt_at: null, deliveries: [{ outcome: "gone" }] });
  await postJson(`/veo31/tasks/${task_id}/redeliver`);
  expect((await wake(task_id))?.webhook?.status).toBe("delivered");
  expect(received).toHaveLength(2);
});

test("a receiver that asks for a longer pause gets it, but not for ever", async () => {
  const busy = (seconds: number) => new Response(null, { status: 429, headers: { "Retry-After": String(seconds) } });
  receiveWebhooks(busy(600), busy(99_999_999));
  const first = await endedTask();
  const pauseOf = (task: typeof first | null) => Date.parse(task?.webhook?.next_attempt_at ?? "") - Date.now();
  expect(pauseOf(first)).toBeGreaterThanOrEqual(600_000);
  const second = await wake(first.task_id);
  expect(pauseOf(second)).toBeGreaterThanOrEqual(86_400_000);
  expect(pauseOf(second)).toBeLessThanOrEqual(86_400_000 * 1.1);
});

test("a name that leads into a private network by then is told nothing", async () => {
  withSettings({ ALLOW_PRIVATE_URLS: "false" });
  const receiver = receiveWebhooks();
  const { task_id } = await started(await postForm([picture, callback]));
  receiver.leadsTo = "10.0.0.7";
  const task = await ended(task_id);
  expect(task).toMatchObject({ status: "succeeded", webhook: { deliveries: [{ outcome: "address_refused" }] } });
  expect(receiver.received).toEqual([]);
  receiver.leadsTo = "93.184.215.14";
  expect((await wake(task_id))?.webhook?.status).toBe("delivered");
});

test("without a secret that can be used nothing is sent until there is one", async () => {
  const { received } = receiveWebhooks();
  const { task_id } = await started(await postForm([picture, callback]));
  withSettings({ WEBHOOK_SECRET: "" });
  expect((await ended(task_id)).webhook).toMatchObject({ deliveries: [{ outcome: "not_sent", status_code: null }] });
  withSettings({ WEBHOOK_SECRET: "whsec_short" });
  expect((await get("/health")).status).toBe(503);
  usualSettings();
  expect((await wake(task_id))?.webhook).toMatchObject({ status: "delivered" });
  expect(received).toHaveLength(1);
});

test("a try in whose middle the process died is made again: nobody knows whether it arrived", async () => {
  const { received } = receiveWebhooks(500);
  const { task_id, webhook } = await endedTask();
  await runInDurableObject(env.TASKS.getByName(task_id), (_, { storage }) => {
    const row = storage.kv.get<{ webhook: { deliver: object } }>("task");
    if (!row) throw new Error("There is no row.");
    const deliver = { ...row.webhook.deliver, started_at: Date.now() };
    storage.kv.put("task", { ...row, webhook: { ...row.webhook, deliver } });
  });
  const afterwards = await wake(task_id);
  expect(afterwards?.webhook).toMatchObject({
    event_id: webhook?.event_id,
    status: "delivering",
    deliveries: [{ outcome: "rejected" }, { outcome: "interrupted", status_code: null, duration_ms: null }],
  });
  expect((await wake(task_id))?.webhook?.status).toBe("delivered");
  expect(received).toHaveLength(2);
});

test("a deleted task tells nothing more", async () => {
  const { received } = receiveWebhooks(500, 500);
  const { task_id } = await endedTask();
  expect((await remove(task_id)).status).toBe(204);
  expect(await wake(task_id)).toBeNull();
  expect(received).toHaveLength(1);
});

test("a try that would come after the task is forgotten is not promised, and the task expires in time", async () => {
  withSettings({ RETENTION_DAYS: "1" });
  const { received } = receiveWebhooks(...new Array<number>(50).fill(500));
  const { task_id, expires_at } = await endedTask();
  let task = await statusOf(task_id);
  while (task.webhook?.status === "delivering") {
    expect(Date.parse(task.webhook.next_attempt_at ?? "")).toBeLessThan(Date.parse(expires_at));
    const next = await wake(task_id);
    if (!next) throw new Error("The task went before it said that its webhook was given up.");
    task = next;
  }
  expect(task).toMatchObject({ status: "succeeded", expires_at, webhook: { status: "failed", next_attempt_at: null } });
  expect(received).toHaveLength(7);
  expect(await wake(task_id)).toBeNull();
  expect(Date.now()).toBe(Date.parse(expires_at));
});

test("sending again while a try is under way leaves that try alone", async () => {
  const { received, answers } = receiveWebhooks(500);
  const { task_id } = await endedTask();
  const statuses: number[] = [];
  answers.push(async () => {
    statuses.push((await postJson(`/veo31/tasks/${task_id}/redeliver`)).status);
    return new Response(null, { status: 200 });
  });
  expect((await wake(task_id))?.webhook).toMatchObject({
    status: "delivered",
    deliveries: [{ outcome: "rejected" }, { outcome: "delivered", status_code: 200 }],
  });
  expect(statuses).toEqual([202]);
  expect(received).toHaveLength(2);
});

test("receivers that were down for many tasks are not asked by all in one moment", () => {
  const times = Array.from({ length: 200 }, (_, index) => nextTryAt(2, null, 0, `task-${index}`) ?? 0);
  expect(Math.min(...times)).toBeGreaterThanOrEqual(300_000);
  expect(Math.max(...times)).toBeLessThanOrEqual(330_001);
  expect(new Set(times).size).toBeGreaterThan(190);
});
