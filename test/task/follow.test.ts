import { afterEach, describe, expect, test, vi } from "vitest";
import { eventStream, heartbeatMs } from "../../src/task/event-stream.ts";
import { followTask, settledWithin } from "../../src/task/follow.ts";
import { preferredWaitSeconds } from "../../src/task/prefer.ts";
import { encodeChange, type SeenChange } from "../../src/task/subscription.ts";
import type { TaskStatus } from "../../src/task/status.ts";

const change = (revision: number, status: TaskStatus): SeenChange => ({ revision, status, json: `{"n":${revision}}` });
const subscription = { origin: "http://localhost", owner: null, after: null };

/** A task's object, played: the test holds its end of the socket. */
function playedTask() {
  const { 0: client, 1: server } = new WebSocketPair();
  server.accept();
  const task = { fetch: () => Promise.resolve(new Response(null, { status: 101, webSocket: client })) };
  return { task, server, tell: (seen: SeenChange) => server.send(encodeChange(seen)) };
}

afterEach(() => {
  vi.useRealTimers();
});

describe("following a task", () => {
  test("gives each change as it was told, and ends with the socket", async () => {
    const { task, server, tell } = playedTask();
    const changes = await followTask(task, subscription);
    tell(change(1, "queued"));
    tell({ ...change(2, "succeeded"), json: '{"text":"one\\ntwo"}' });
    server.close(1_000);
    const seen: SeenChange[] = [];
    for await (const next of changes ?? []) seen.push(next);
    expect(seen).toEqual([
      change(1, "queued"),
      { revision: 2, status: "succeeded", json: '{"text":"one\\ntwo"}' },
    ]);
  });

  test("that does not exist gives nothing", async () => {
    const nobody = { fetch: () => Promise.resolve(new Response(null, { status: 404 })) };
    expect(await followTask(nobody, subscription)).toBeNull();
  });

  test("lets go of the object when nobody reads any more", async () => {
    const { task, server } = playedTask();
    const closed = new Promise((resolve) => server.addEventListener("close", resolve));
    await (await followTask(task, subscription))?.cancel();
    await closed;
  });
});

describe("waiting for a task", () => {
  test("ends when the patience does", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const { task, tell } = playedTask();
    let isOver = false;
    const waiting = settledWithin(task, subscription, 5_000).then(() => isOver = true);
    tell(change(1, "analyzing"));
    while (vi.getTimerCount() === 0) await vi.advanceTimersByTimeAsync(0);
    await vi.advanceTimersByTimeAsync(4_999);
    expect(isOver).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await waiting;
    expect(vi.getTimerCount()).toBe(0);
  });

  test("ends with the task, and when it waits for a person", async () => {
    const succeeded = playedTask();
    const untilEnd = settledWithin(succeeded.task, subscription, 60_000);
    succeeded.server.close(1_000);
    await untilEnd;
    const asking = playedTask();
    const untilAsked = settledWithin(asking.task, subscription, 60_000);
    asking.tell(change(3, "awaiting_approval"));
    await untilAsked;
  });
});

describe("events on the wire", () => {
  const text = new TextDecoder();
  const readText = async (reader: ReadableStreamDefaultReader<Uint8Array>) => text.decode((await reader.read()).value);

  test("carry their number, and say that the line is alive while nothing changes", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    const source = new TransformStream<SeenChange, SeenChange>(undefined, undefined, { highWaterMark: 10 });
    const writer = source.writable.getWriter();
    const reader = eventStream(source.readable).getReader();
    expect(await readText(reader)).toBe("retry: 2000\n\n");
    await writer.write(change(7, "generating"));
    expect(await readText(reader)).toBe('id: 7\ndata: {"n":7}\n\n');
    vi.advanceTimersByTime(heartbeatMs);
    expect(await readText(reader)).toMatch(/^: .*\n\n$/);
    await writer.close();
    expect((await reader.read()).done).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("stop their heartbeat and their listening when the listener goes", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    let isLetGo = false;
    const endless = new ReadableStream<SeenChange>({ cancel: () => void (isLetGo = true) });
    await eventStream(endless).cancel();
    expect(isLetGo).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });
});

test.each([
  ["wait=10", 10],
  ["respond-async, wait=10", 10],
  ["wait = 10; foo=bar", 10],
  ['wait="10"', 10],
  ["Wait=3600", 60],
  ["wait=0", null],
  ["wait=-1", null],
  ["wait=1.5", null],
  ["wait", null],
  ["waiting=10", null],
  ["", null],
])("of `Prefer: %s` the wait is %s s", (prefer, seconds) => {
  expect(preferredWaitSeconds(new Headers({ Prefer: prefer }))).toBe(seconds);
});
