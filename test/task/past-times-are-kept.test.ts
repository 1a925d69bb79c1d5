import { env } from "cloudflare:workers";
import { beforeEach, expect, test, vi } from "vitest";
import { kindOf, timeFor } from "../../src/task/past-times.ts";
import { keepTime, pastTimesNow } from "../../src/task/past-times-store.ts";
import type { TaskState } from "../../src/task/state.ts";
import { plan, startedAt, taskState } from "../support/task-state.ts";

const key = "service/times.json";
let failures: string[] = [];

beforeEach(async () => {
  await env.BUCKET.delete(key);
  failures = [];
  vi.spyOn(console, "error").mockImplementation((line: string) => {
    failures.push(JSON.parse(line).event);
  });
});

function succeeded(seconds: number): TaskState {
  const timeline = [
    { status: "analyzing", at: startedAt },
    { status: "succeeded", at: startedAt + seconds * 1_000 },
  ] as const;
  return { ...taskState(), status: "succeeded", timeline: [...timeline] };
}

/** The real bucket, but for these methods. */
function bucketWith(methods: { get?: () => Promise<never>; put?: () => Promise<null> }): R2Bucket {
  const get = (name: string) => env.BUCKET.get(name);
  return Object.assign(Object.create(env.BUCKET), { get, ...methods });
}

async function timeNow() {
  return timeFor(await pastTimesNow(env.BUCKET), kindOf(plan(), false), startedAt + 100_000);
}

test("the times of tasks that end in the same moment are all kept", async () => {
  await Promise.all([60, 70, 80, 90].map((seconds) => keepTime(env.BUCKET, succeeded(seconds))));
  expect(await timeNow()).toEqual({ typical_seconds: 75, slow_seconds: 87, videos: 4 });
  expect(failures).toEqual([]);
});

test("of a task without a video nothing is kept", async () => {
  await keepTime(env.BUCKET, { ...succeeded(60), status: "failed", timeline: [{ status: "failed", at: startedAt }] });
  expect(await env.BUCKET.head(key)).toBeNull();
});

test("a time that loses every race is left out, and the log says so", async () => {
  let tries = 0;
  const put = () => {
    tries++;
    return Promise.resolve(null);
  };
  await keepTime(bucketWith({ put }), succeeded(60));
  expect(tries).toBe(5);
  expect(failures).toEqual(["time_not_kept"]);
});

test("what another version wrote counts as none, and is written anew", async () => {
  for (const text of ["{", JSON.stringify({ kinds: { of: "another version" } })]) {
    await env.BUCKET.put(key, text);
    expect(await pastTimesNow(env.BUCKET)).toEqual({ kinds: [] });
    await keepTime(env.BUCKET, succeeded(60));
    expect((await pastTimesNow(env.BUCKET)).kinds).toHaveLength(1);
  }
  expect(failures).toEqual([]);
});

test("a record that cannot be read gives no times, fails nobody and is not written over", async () => {
  for (const seconds of [60, 70, 80]) await keepTime(env.BUCKET, succeeded(seconds));
  const broken = bucketWith({ get: () => Promise.reject(new Error("R2 is not there.")) });
  expect(await pastTimesNow(broken)).toEqual({ kinds: [] });
  await keepTime(broken, succeeded(90));
  expect(failures).toEqual(["times_not_read", "time_not_kept"]);
  expect((await timeNow())?.videos).toBe(3);
});

test("a bucket that does not answer is waited for two seconds", async () => {
  vi.useFakeTimers();
  const silent = bucketWith({ get: () => new Promise(() => {}) });
  const times = pastTimesNow(silent);
  await vi.advanceTimersByTimeAsync(1_999);
  expect(failures).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(await times).toEqual({ kinds: [] });
  expect(failures).toEqual(["times_not_read"]);
});
