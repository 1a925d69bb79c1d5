import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import { ServiceError } from "../../src/errors.ts";
import { firstBytes, PartBuffer } from "../../src/storage/part-buffer.ts";
import { loansMaximum, partBytes, type PartLoan, SharedPartMemory } from "../../src/storage/part-memory.ts";
import { storeStream } from "../../src/storage/store-stream.ts";
import { brokenAfter, inPieces } from "../support/multipart.ts";
import { RecordedBucket } from "../support/recorded-bucket.ts";

/** A clock that stands until it is moved, in steps of what waiters wait for. */
class Clock {
  #now = 1_000_000;
  #sleepers: { readonly until: number; readonly wake: () => void }[] = [];
  readonly now = () => this.#now;
  readonly wait = (milliseconds: number) =>
    new Promise<void>((wake) => {
      this.#sleepers.push({ until: this.#now + milliseconds, wake });
    });

  /** @param isHeard false for those who were ended by the runtime: their timers never come */
  async pass(milliseconds: number, isHeard = true): Promise<void> {
    const end = this.#now + milliseconds;
    while (this.#now < end) {
      this.#now = Math.min(end, this.#now + 100);
      const due = this.#sleepers.filter(({ until }) => until <= this.#now);
      this.#sleepers = this.#sleepers.filter(({ until }) => until > this.#now);
      if (isHeard) due.forEach(({ wake }) => wake());
      // Each of them goes as far as its next wait.
      for (let turn = 0; turn < 10; turn++) await Promise.resolve();
    }
  }
}

async function lendAll(memory: SharedPartMemory): Promise<PartLoan[]> {
  return await Promise.all(Array.from({ length: loansMaximum }, () => memory.lend()));
}

function failure(work: Promise<unknown>): Promise<unknown> {
  return work.then(() => Promise.reject(new Error("It was lent.")), (error: unknown) => error);
}

const rateLimited = { code: "rate_limited", headers: { "Retry-After": "15" } };

describe("memory for parts", () => {
  test("is lent as often as there is some, and then to who came first", async () => {
    const clock = new Clock();
    const memory = new SharedPartMemory(clock);
    const loans = await lendAll(memory);
    expect(new Set(loans.map(({ bytes }) => bytes.buffer)).size).toBe(loansMaximum);
    const served: string[] = [];
    const waiting = ["first", "second", "third"].map((name) => memory.lend().then(() => served.push(name)));
    await clock.pass(500);
    expect(served).toEqual([]);
    loans[3]?.giveBack();
    await clock.pass(500);
    expect(served).toEqual(["first"]);
    loans[0]?.giveBack();
    loans[1]?.giveBack();
    await clock.pass(500);
    expect(served).toEqual(["first", "second", "third"]);
    await Promise.all(waiting);
  });

  test("is not waited for longer than half a minute", async () => {
    const clock = new Clock();
    const memory = new SharedPartMemory(clock);
    await lendAll(memory);
    let error: unknown;
    const refused = failure(memory.lend()).then((reason) => error = reason);
    await clock.pass(29_900);
    expect(error).toBeUndefined();
    await clock.pass(200);
    expect(await refused).toBeInstanceOf(ServiceError);
    expect(error).toMatchObject(rateLimited);
  });

  test("is taken from nobody who is slow, until others wait", async () => {
    const clock = new Clock();
    const memory = new SharedPartMemory(clock);
    const loans = await lendAll(memory);
    const slow = loans[0];
    const fast = loans[1];
    if (!slow || !fast) throw new Error("Nothing was lent.");
    await clock.pass(15_000);
    slow.onReceived(1_000_000);
    const waiting = memory.lend();
    await clock.pass(100);
    fast.onReceived(2_000_000);
    expect(() => slow.onReceived(100_000)).toThrow(ServiceError);
    slow.giveBack();
    await clock.pass(100);
    expect((await waiting).bytes.length).toBe(partBytes);
  });

  test("comes back from a request that the runtime ended, whether it had some or waited for it", async () => {
    const clock = new Clock();
    const memory = new SharedPartMemory(clock);
    const dead = await lendAll(memory);
    void memory.lend();
    await clock.pass(70_000, false);
    const loan = await memory.lend();
    // Whoever was only slow to answer may still write into its own.
    expect(dead.map(({ bytes }) => bytes.buffer)).not.toContain(loan.bytes.buffer);
  });
});

describe("an upload", () => {
  const options = { httpMetadata: {}, bytesMaximum: 20_000_000 };

  test("that is small needs none of it, even when all is lent", async () => {
    const memory = new SharedPartMemory(new Clock());
    await lendAll(memory);
    const buffer = new PartBuffer(null, memory);
    const stored = await storeStream(env.BUCKET, "small", inPieces(new Uint8Array(firstBytes), 65_536), {
      ...options,
      buffer,
    });
    expect(stored.bytes).toBe(firstBytes);
  });

  test.each([
    ["ends well", inPieces(new Uint8Array(partBytes + 1), 65_536), options],
    ["breaks off", brokenAfter(new Uint8Array(2 * partBytes)), options],
    ["is refused", inPieces(new Uint8Array(2 * partBytes), 65_536), { ...options, bytesMaximum: partBytes + 100_000 }],
  ])("that %s gives its memory back, and leaves no unfinished upload", async (_, body, how) => {
    const clock = new Clock();
    const memory = new SharedPartMemory(clock);
    const { bucket, calls, unfinished } = new RecordedBucket(env.BUCKET);
    const buffer = new PartBuffer(null, memory);
    await storeStream(bucket, "large", body, { ...how, buffer }).catch(() => {});
    expect(calls).toContain("create");
    expect(unfinished).toEqual(new Set());
    expect(await lendAll(memory)).toHaveLength(loansMaximum);
  });

  test("that finds no memory in time is refused, and nothing of it is stored", async () => {
    const clock = new Clock();
    const memory = new SharedPartMemory(clock);
    await lendAll(memory);
    const { bucket, calls } = new RecordedBucket(env.BUCKET);
    let read = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(new Uint8Array(65_536));
        read += 65_536;
      },
    });
    const buffer = new PartBuffer(null, memory);
    const refused = failure(storeStream(bucket, "late", body, { ...options, buffer }));
    for (let second = 0; second < 31; second++) await clock.pass(1_000);
    expect(await refused).toMatchObject(rateLimited);
    expect(calls).toEqual([]);
    // It was left unread meanwhile.
    expect(read).toBeLessThan(2 * firstBytes);
  });
});
