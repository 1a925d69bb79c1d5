/** Whoever gave a `callback_url` is told of the end of the task, signed, once it has one. */
import { env } from "cloudflare:workers";
import { runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Webhook } from "standardwebhooks";
import { file, text } from "../support/multipart.ts";
import { jpeg } from "../support/pictures.ts";
import {
  ended,
  freshSandbox,
  get,
  misbehave,
  postForm,
  postJson,
  remove,
  started,
  statusOf,
  usualSettings,
  wake,
  withKey,
  withSettings,
} from "../support/sandboxed-service.ts";
import { callbackUrl, receiveWebhooks, sandboxSecret, verified } from "../support/webhook-receiver.ts";

const picture = file("reference_image1", jpeg({ width: 64, height: 48 }));
const callback = text("callback_url", callbackUrl);

beforeEach(freshSandbox);
afterEach(usualSettings);

async function begun(...more: ReturnType<typeof text>[]): Promise<string> {
  return (await started(await postForm([picture, callback, ...more]))).task_id;
}

describe("a task with a callback_url", () => {
  test("tells of its success once, signed by the standard, with itself as the status shows it", async () => {
    const { received } = receiveWebhooks();
    const taskId = await begun();
    expect(await statusOf(taskId)).toMatchObject({
      webhook: { url: callbackUrl, status: "waiting", next_attempt_at: null, deliveries: [] },
      links: { redeliver: null },
    });
    const task = await ended(taskId);
    expect(task.status).toBe("succeeded");
    expect(received).toHaveLength(1);
    const [webhook] = received;
    if (!webhook) throw new Error("Nothing came.");
    expect(webhook).toMatchObject({ url: callbackUrl, method: "POST", redirect: "manual" });
    expect(Object.keys(webhook.headers).sort()).toEqual([
      "content-type",
      "user-agent",
      "webhook-id",
      "webhook-signature",
      "webhook-timestamp",
    ]);
    expect(webhook.headers).toMatchObject({
      "content-type": "application/json",
      "webhook-id": task.webhook?.event_id,
      "webhook-timestamp": String(Math.floor(Date.now() / 1_000)),
    });
    const { type, timestamp, data } = verified(webhook);
    expect(type).toBe("task.succeeded");
    expect(timestamp).toBe(task.timeline.at(-1)?.at);
    const { webhook: told, ...seen } = task;
    expect(data).toEqual({
      ...seen,
      webhook: { ...told, status: "delivering", next_attempt_at: timestamp, deliveries: [] },
    });
    expect(told).toMatchObject({
      status: "delivered",
      next_attempt_at: null,
      deliveries: [{ outcome: "delivered", status_code: 204, detail: expect.stringContaining("204") }],
    });
    expect(data.step3_video_generation?.video_url).toMatch(/^http:\/\/localhost\/veo31\/media\//);
    expect(task.request).not.toHaveProperty("callback_url");
  });

  test("tells of its failure, and of being cancelled", async () => {
    const { received } = receiveWebhooks();
    await misbehave({ call: "image_analysis", fault: "status_401" });
    const failed = await ended(await begun());
    expect(failed).toMatchObject({ status: "failed", webhook: { status: "delivered" } });
    const canceledId = await begun(text("review", "true"));
    await postJson(`/veo31/tasks/${canceledId}/cancel`);
    const canceled = await wake(canceledId);
    expect(canceled).toMatchObject({ status: "canceled", webhook: { status: "delivered" } });
    expect(received.map((webhook) => verified(webhook))).toMatchObject([
      { type: "task.failed", data: { task_id: failed.task_id, error: { code: "not_configured" } } },
      { type: "task.canceled", data: { task_id: canceledId, error: { code: "canceled" } } },
    ]);
  });

  test("that nobody approves in time tells that", async () => {
    const { received } = receiveWebhooks();
    const task = await ended(await begun(text("review", "true")));
    expect(task.error?.code).toBe("deadline_exceeded");
    await wake(task.task_id);
    expect(received.map((webhook) => verified(webhook).type)).toEqual(["task.failed"]);
  });

  test("is signed with every secret while they change places, and a stranger's does not verify", async () => {
    const [old, next] = ["whsec_" + btoa("o".repeat(24)), "whsec_" + btoa("n".repeat(64))];
    withSettings({ WEBHOOK_SECRET: `${next}, ${old}` });
    const { received: [webhook] } = await delivered();
    if (!webhook) throw new Error("Nothing came.");
    expect(webhook.headers["webhook-signature"]).toMatch(/^v1,[\w+/]{43}= v1,[\w+/]{43}=$/);
    expect(verified(webhook, old).type).toBe("task.succeeded");
    expect(verified(webhook, next).type).toBe("task.succeeded");
    expect(() => verified(webhook, sandboxSecret)).toThrow("No matching signature");
    expect(() => verified({ ...webhook, body: `${webhook.body} ` }, old)).toThrow("No matching signature");
  });

  test("is signed by HMAC-SHA256 as the library signs", async () => {
    const { received: [webhook] } = await delivered();
    const { "webhook-id": id = "", "webhook-timestamp": seconds, "webhook-signature": signature } = webhook?.headers ??
      {};
    const expected = new Webhook(sandboxSecret).sign(id, new Date(Number(seconds) * 1_000), webhook?.body ?? "");
    expect(signature).toBe(expected);
  });

  async function delivered() {
    const receiver = receiveWebhooks();
    await ended(await begun());
    return receiver;
  }

  test("leaves no trace of the address in the log", async () => {
    const lines: string[] = [];
    for (const level of ["log", "error"] as const) {
      vi.spyOn(console, level).mockImplementation((line: unknown) => void lines.push(String(line)));
    }
    receiveWebhooks(500, 410);
    const taskId = await begun();
    await ended(taskId);
    await wake(taskId);
    const told = lines.map((line): unknown => JSON.parse(line));
    expect(told).toContainEqual(expect.objectContaining({ event: "webhook_sent", delivery: "rejected", status: 500 }));
    expect(told).toContainEqual(
      expect.objectContaining({ event: "webhook_given_up", task_id: taskId, outcome: "gone" }),
    );
    expect(lines.join("\n")).not.toMatch(/receiver\.example|a-token|http|whsec/);
  });
});

test("a task without a callback_url tells nobody, and has nothing to send again", async () => {
  const { received } = receiveWebhooks();
  const task = await ended((await started(await postForm([picture]))).task_id);
  expect(task).toMatchObject({ status: "succeeded", webhook: null, links: { redeliver: null } });
  expect(received).toEqual([]);
  const response = await postJson(`/veo31/tasks/${task.task_id}/redeliver`);
  expect(response.status).toBe(409);
  expect(await response.json()).toMatchObject({ code: "wrong_state", detail: expect.stringContaining("callback_url") });
});

test("a row that an earlier version wrote is a task that tells nobody", async () => {
  const { task_id } = await ended((await started(await postForm([picture]))).task_id);
  await runInDurableObject(env.TASKS.getByName(task_id), (_, { storage }) => {
    const { webhook: _webhook, ...row } = storage.kv.get<Record<string, unknown>>("task") ?? {};
    storage.kv.put("task", row);
  });
  expect(await statusOf(task_id)).toMatchObject({ status: "succeeded", webhook: null });
});

describe("those who listen", () => {
  test("are told of the end as the last, whatever becomes of the webhook after it", async () => {
    receiveWebhooks(500, 500);
    const taskId = await begun();
    const listening = await get(`/veo31/status/${taskId}/events`);
    const { updated_at } = await ended(taskId);
    const ids = [...(await listening.text()).matchAll(/^id: (\d+)$/gm)].map(([, id]) => id ?? "");
    const last = ids.at(-1) ?? "";
    await wake(taskId);
    const reconnecting = await get(`/veo31/status/${taskId}/events`, { "Last-Event-ID": last });
    expect(reconnecting.status).toBe(204);
    const later = await get(`/veo31/status/${taskId}/events`, { "Last-Event-ID": String(Number(last) - 1) });
    expect([...(await later.text()).matchAll(/^id: (\d+)$/gm)].map(([, id]) => id)).toEqual([last]);
    const task = await statusOf(taskId);
    expect(task.webhook?.deliveries).toHaveLength(2);
    expect(task.updated_at).toBe(updated_at);
  });

  test("by ETag see every delivery", async () => {
    receiveWebhooks(500);
    const taskId = await begun();
    await ended(taskId);
    const etag = (await get(`/veo31/status/${taskId}`)).headers.get("ETag") ?? "";
    expect((await get(`/veo31/status/${taskId}`, { "If-None-Match": etag })).status).toBe(304);
    await wake(taskId);
    const response = await get(`/veo31/status/${taskId}`, { "If-None-Match": etag });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ webhook: { status: "delivered" } });
  });
});

describe("sending again", () => {
  test("sends the same event at once, and begins the schedule anew", async () => {
    const { received, answers } = receiveWebhooks();
    const task = await ended(await begun());
    expect(task.links.redeliver).toBe(`http://localhost/veo31/tasks/${task.task_id}/redeliver`);
    vi.setSystemTime(Date.now() + 86_400_000);
    answers.push(500);
    const response = await postJson(task.links.redeliver ?? "");
    expect(response.status).toBe(202);
    expect(await response.json()).toMatchObject({
      webhook: { status: "delivering", next_attempt_at: expect.any(String) },
    });
    expect(await wake(task.task_id)).toMatchObject({
      webhook: {
        status: "delivering",
        deliveries: [{ outcome: "delivered" }, { outcome: "rejected", status_code: 500 }],
      },
    });
    expect(await wake(task.task_id)).toMatchObject({ status: "succeeded", webhook: { status: "delivered" } });
    expect(received).toHaveLength(3);
    expect(new Set(received.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
    expect(new Set(received.map(({ body }) => body)).size).toBe(1);
    for (const webhook of received) verified(webhook);
  });

  test("is refused before the end", async () => {
    const taskId = await begun();
    const response = await postJson(`/veo31/tasks/${taskId}/redeliver`);
    expect(response.status).toBe(409);
    expect(await response.json()).toMatchObject({ code: "wrong_state" });
  });

  test("is for the owner alone", async () => {
    withSettings({ API_KEYS: "ann:key-of-ann-0123456789,bob:key-of-bob-0123456789" });
    withKey("key-of-ann-0123456789");
    receiveWebhooks();
    const { task_id } = await ended(await begun());
    withKey("key-of-bob-0123456789");
    expect((await postJson(`/veo31/tasks/${task_id}/redeliver`)).status).toBe(404);
    withKey(null);
    expect((await postJson(`/veo31/tasks/${task_id}/redeliver`)).status).toBe(401);
  });

  test("of a task that was deleted finds none, and takes only POST", async () => {
    receiveWebhooks();
    const { task_id } = await ended(await begun());
    const wrong = await get(`/veo31/tasks/${task_id}/redeliver`);
    expect(wrong.status).toBe(405);
    expect(wrong.headers.get("Allow")).toContain("POST");
    await remove(task_id);
    expect((await postJson(`/veo31/tasks/${task_id}/redeliver`)).status).toBe(404);
  });
});
