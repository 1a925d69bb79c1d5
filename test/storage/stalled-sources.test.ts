import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { StalledError, stallLimited } from "../../src/storage/stall-limited.ts";

const limits = { stallMaximumMs: 1_000, totalMaximumMs: 10_000 };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

async function* stallingAfter(chunks: number, closed: { value: boolean }): AsyncGenerator<Uint8Array> {
  try {
    for (let chunk = 0; chunk < chunks; chunk++) yield new Uint8Array([chunk]);
    await new Promise(() => {});
  } finally {
    closed.value = true;
  }
}

test("a source that gives in time is passed on whole", async () => {
  async function* source() {
    yield new Uint8Array([1]);
    yield new Uint8Array([2]);
  }
  const seen: number[] = [];
  for await (const chunk of stallLimited(source(), limits)) seen.push(...chunk);
  expect(seen).toEqual([1, 2]);
});

test("a source that stops giving is given up after its time, and not before", async () => {
  const reader = stallLimited(stallingAfter(1, { value: false }), limits);
  await reader.next();
  let failure: unknown = null;
  const next = reader.next().catch((error: unknown) => failure = error);
  await vi.advanceTimersByTimeAsync(999);
  expect(failure).toBeNull();
  await vi.advanceTimersByTimeAsync(1);
  await next;
  expect(failure).toBeInstanceOf(StalledError);
});

test("a source is closed when its reader stops early", async () => {
  const closed = { value: false };
  for await (const _ of stallLimited(stallingAfter(2, closed), limits)) break;
  expect(closed.value).toBe(true);
});

test("a source that gives a byte now and then is given up when its time is over", async () => {
  async function* trickling() {
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, 900));
      yield new Uint8Array(1);
    }
  }
  let seen = 0;
  const reading = (async () => {
    for await (const chunk of stallLimited(trickling(), limits)) seen += chunk.length;
  })();
  const failure = reading.catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await failure).toBeInstanceOf(StalledError);
  expect(seen).toBe(11);
});
