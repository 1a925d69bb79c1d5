import { env } from "cloudflare:workers";
import { runInDurableObject } from "cloudflare:test";
import { beforeEach, expect, test, vi } from "vitest";
import { mediaKey } from "../../src/storage/task-files.ts";
import { TaskRemains } from "../../src/task/remains.ts";
import { performDependencies } from "../support/perform-dependencies.ts";

const expected = { task_id: "0".repeat(32), media_secret: "e".repeat(32) };

beforeEach(() => {
  // Far ahead of the real clock, so that no alarm comes by itself.
  vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2126, 10, 23, 12) });
});

function withRemains(use: (remains: TaskRemains, storage: DurableObjectStorage) => Promise<void>): Promise<void> {
  return runInDurableObject(env.TASKS.getByName(crypto.randomUUID()), async (_, { storage }) => {
    await use(new TaskRemains(storage, () => performDependencies()), storage);
    await storage.deleteAll();
  });
}

test("a task that starts while what came for it is being removed does not start without its files", async () => {
  await withRemains(async (remains) => {
    await remains.expect(expected.media_secret);
    await remains.expectStart(expected, null);
    await remains.forsake(expected.media_secret);
    vi.setSystemTime(remains.nextTryAt(0));
    const removing = remains.remove();
    expect(() => remains.claim(expected.media_secret)).toThrow("gone, or going");
    await removing;
    expect(remains.isNothingLeft(Date.now())).toBe(true);
  });
});

test("a task does not start with files that its request has given up, also before they are removed", async () => {
  await withRemains(async (remains) => {
    await remains.expect(expected.media_secret);
    await remains.expectStart(expected, null);
    await remains.forsake(expected.media_secret);
    expect(() => remains.claim(expected.media_secret)).toThrow("gone, or going");
  });
});

test("a removal that is under way when the next request comes leaves alone what that one has set aside", async () => {
  const settled: string[] = [];
  const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
  const ledger = () => ({
    reserve: () => Promise.reject(new Error("Nothing is set aside here.")),
    balance: () => Promise.reject(new Error("Nobody asks for it.")),
    settle: async ({ task_id }: { task_id: string }) => {
      settled.push(task_id);
      await answered;
    },
  });
  const withdrawal = { task_id: expected.task_id, owner: null, day: "2126-11-23", micro_usd: 0 };
  const next = { ...expected, media_secret: "f".repeat(32) };
  await runInDurableObject(env.TASKS.getByName(crypto.randomUUID()), async (_, { storage }) => {
    const account = { ...performDependencies().account, ledger };
    const remains = new TaskRemains(storage, () => performDependencies({ account }));
    await remains.expect(expected.media_secret);
    await remains.expectStart(expected, withdrawal);
    await remains.forsake(expected.media_secret);
    vi.setSystemTime(remains.nextTryAt(0));
    const removing = remains.remove();
    await vi.waitFor(() => expect(settled).toHaveLength(1));
    await remains.expect(next.media_secret);
    await remains.expectStart(next, withdrawal);
    answer();
    await removing;
    expect(() => remains.claim(next.media_secret)).toThrow("gone, or going");
    await remains.forsake(next.media_secret);
    vi.setSystemTime(remains.nextTryAt(0) + 60_000);
    await remains.remove();
    expect(settled).toHaveLength(2);
    await storage.deleteAll();
  });
});

test("what came for a task that has started is not removed", async () => {
  await withRemains(async (remains) => {
    const key = mediaKey(expected.media_secret, "reference_image1.jpg");
    await remains.expect(expected.media_secret);
    await remains.expectStart(expected, null);
    await env.BUCKET.put(key, "picture");
    remains.claim(expected.media_secret);
    vi.setSystemTime(Date.now() + 24 * 3_600_000);
    await remains.remove();
    expect(await env.BUCKET.head(key)).not.toBeNull();
    await env.BUCKET.delete(key);
  });
});

test("of several uploads for one task, those that it did not start with are removed, each in its own time", async () => {
  const late = { ...expected, media_secret: "f".repeat(32) };
  const files = [expected, late].map(({ media_secret }) => mediaKey(media_secret, "reference_image1.jpg"));
  await withRemains(async (remains) => {
    for (const file of files) await env.BUCKET.put(file, "picture");
    await remains.expect(late.media_secret);
    await remains.expect(expected.media_secret);
    await remains.expectStart(expected, null);
    await remains.forsake(late.media_secret);
    vi.setSystemTime(remains.nextTryAt(0));
    await remains.remove();
    expect(await Promise.all(files.map(async (file) => await env.BUCKET.head(file) !== null))).toEqual([true, false]);
    remains.claim(expected.media_secret);
    expect(remains.isNothingLeft(Date.now())).toBe(true);
  });
  await env.BUCKET.delete(files);
});

test("a start that comes when its files are gone already does not begin", async () => {
  await withRemains(async (remains) => {
    await remains.expect(expected.media_secret);
    await remains.forsake(expected.media_secret);
    vi.setSystemTime(remains.nextTryAt(0));
    await remains.remove();
    await expect(remains.expectStart(expected, null)).rejects.toThrow("gone, or going");
    expect(remains.isNothingLeft(Date.now())).toBe(true);
  });
});

test("a folder that a later version noted in another way keeps nothing else from going on", async () => {
  await withRemains(async (remains, storage) => {
    const key = mediaKey(expected.media_secret, "reference_image1.jpg");
    await env.BUCKET.put(key, "picture");
    storage.kv.put(`expected/${expected.media_secret}`, { since: "a later version" });
    expect(remains.nextTryAt(Date.now())).toBe(0);
    await remains.remove();
    expect(await env.BUCKET.head(key)).toBeNull();
  });
});

test("what a later version wrote of the removal does not keep the files", async () => {
  await withRemains(async (remains, storage) => {
    const key = mediaKey(expected.media_secret, "clip-1.mp4");
    await env.BUCKET.put(key, "clip");
    storage.kv.put("removal", { ...expected, reason: "of a later version", copies: "more", provider: "another" });
    await remains.remove();
    expect(await env.BUCKET.head(key)).toBeNull();
    expect(remains.isNothingLeft(Date.now())).toBe(true);
  });
});

test("a ledger that does not answer is told until the day is over that it is told of", async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2126, 10, 23, 12) });
  vi.spyOn(console, "error").mockImplementation(() => {});
  const silent = () => Promise.reject(new Error("The ledger is silent."));
  const account = {
    ...performDependencies().account,
    ledger: () => ({ reserve: silent, settle: silent, balance: silent }),
  };
  await runInDurableObject(env.TASKS.getByName(crypto.randomUUID()), async (_, { storage }) => {
    const remains = new TaskRemains(storage, () => performDependencies({ account }));
    await remains.expect(expected.media_secret);
    await remains.expectStart(expected, { task_id: expected.task_id, owner: null, day: "2126-11-23", micro_usd: 0 });
    await remains.forsake(expected.media_secret);
    vi.setSystemTime(Date.UTC(2126, 10, 23, 13));
    for (let tries = 0; tries < 20; tries++) await remains.remove();
    expect(remains.isNothingLeft(Date.now())).toBe(false);
    vi.setSystemTime(Date.UTC(2126, 10, 24));
    await remains.remove();
    expect(remains.isNothingLeft(Date.now())).toBe(true);
  });
});
