import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { headersTimeoutMs, openAddress, stallTimeoutMs, totalTimeoutMs } from "../../src/addresses/open-address.ts";
import { type Page, page, redirect, webOf } from "./made-up-web.ts";

/** As `AbortSignal.timeout`, but by the clock that tests move. */
function timeout(milliseconds: number): AbortSignal {
  const ending = new AbortController();
  setTimeout(() => ending.abort(new DOMException("late", "TimeoutError")), milliseconds);
  return ending.signal;
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Reads an address to its end. */
async function read(pages: Record<string, Page>): Promise<number> {
  const { chunks } = await openAddress("https://a.com/", [], webOf({ pages }, { timeout }).web);
  let bytes = 0;
  for await (const chunk of chunks) bytes += chunk.length;
  return bytes;
}

/** How it ends, and after how many milliseconds. */
async function endOf(reading: Promise<number>) {
  const startedAt = Date.now();
  const ended = reading.then(
    (bytes) => ({ bytes, afterMs: Date.now() - startedAt }),
    (error: unknown) => ({ error, afterMs: Date.now() - startedAt }),
  );
  await vi.advanceTimersByTimeAsync(2 * totalTimeoutMs);
  return await ended;
}

const tooLong = expect.objectContaining({ fault: "failed", message: "This address took too long to answer." });

/** Answers when its request is given up, as `fetch` does. */
const silent: Page = ({ signal }) =>
  new Promise((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason)));

/** One byte each time, so many times; then silence. */
function trickle(everyMs: number, bytes: number): Page {
  return ({ signal }) => {
    let sent = 0;
    return new Response(
      new ReadableStream({
        start: (controller) => signal?.addEventListener("abort", () => controller.error(signal.reason)),
        async pull(controller) {
          if (sent++ === bytes) return await new Promise(() => {});
          await new Promise((resolve) => setTimeout(resolve, everyMs));
          if (!signal?.aborted) controller.enqueue(new Uint8Array(1));
        },
      }),
    );
  };
}

test("a server that says nothing is given up", async () => {
  expect(await endOf(read({ "https://a.com/": silent }))).toEqual({ error: tooLong, afterMs: headersTimeoutMs });
});

test("each step of the way has the same time, and all of them an end", async () => {
  const slow = (to: Page): Page => async (init) => {
    await new Promise((resolve) => setTimeout(resolve, headersTimeoutMs - 1_000));
    return to(init);
  };
  const pages = { "https://a.com/": slow(redirect("/2")), "https://a.com/2": slow(page("done")) };
  expect(await endOf(read(pages))).toEqual({ bytes: 4, afterMs: 2 * headersTimeoutMs - 2_000 });
});

test("a body that stalls is given up long before the end of all time, and its connection ended", async () => {
  let signal: AbortSignal | null | undefined;
  const watched: Page = (init) => {
    signal = init.signal;
    return trickle(1_000, 3)(init);
  };
  const afterMs = 3_000 + stallTimeoutMs;
  expect(await endOf(read({ "https://a.com/": watched }))).toEqual({ error: tooLong, afterMs });
  expect(signal?.aborted).toBe(true);
  expect(afterMs).toBeLessThan(totalTimeoutMs / 4);
});

test("a byte a minute is a stall", async () => {
  const read1 = read({ "https://a.com/": trickle(60_000, 100) });
  expect(await endOf(read1)).toEqual({ error: tooLong, afterMs: stallTimeoutMs });
});

test("a byte now and then is given up at the end of all time", async () => {
  const dripping = read({ "https://a.com/": trickle(stallTimeoutMs - 1_000, 1_000) });
  expect(await endOf(dripping)).toEqual({ error: tooLong, afterMs: totalTimeoutMs });
});

test("who reads no further ends the connection", async () => {
  const { web, sent } = webOf({ pages: { "https://a.com/": trickle(1, 10) } }, { timeout });
  const opened = await openAddress("https://a.com/", [], web);
  const reading = (async () => {
    for await (const _ of opened.chunks) break;
  })();
  await vi.advanceTimersByTimeAsync(10);
  await reading;
  expect(sent[0]?.init.signal?.aborted).toBe(true);
});

test("a body that breaks off is told apart from one that takes too long", async () => {
  const broken = page(
    new ReadableStream({
      pull: (controller) => controller.error(new TypeError("lost")),
    }),
  );
  const message = "This address could not be reached, or its answer broke off.";
  expect(await endOf(read({ "https://a.com/": broken }))).toMatchObject({ error: { fault: "failed", message } });
});
