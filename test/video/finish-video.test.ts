/** From clips in a bucket to the finished video: what is written, how much is read, and what is refused. */
import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import { readBytes } from "../../src/storage/chunks.ts";
import { partBytes } from "../../src/storage/part-memory.ts";
import { finishVideo } from "../../src/video/finish/finish-video.ts";
import { MemoryBucket } from "../support/memory-bucket.ts";
import { mp4 } from "../support/movies.ts";
import { clipKey, inMemory, landscapeClip, order, standingClip } from "./finish-in-memory.ts";

const count = (bucket: MemoryBucket, call: string) => bucket.calls.filter((made) => made.call === call).length;

/** A frame and a packet every tenth of a second. */
const quickClip = (movie: { seconds?: number; frameBytes?: number; hasAudio?: boolean } = {}) =>
  mp4({ seconds: 8, width: 64, height: 36, ...movie });

describe("one clip", () => {
  test("of the length wanted stays where and what it is", async () => {
    const { bucket, outcome } = await inMemory([landscapeClip], 8);
    const bytes = landscapeClip.length;
    const video = { key: clipKey(0), bytes, width: 1_280, height: 720, duration_seconds: 8 };
    expect(outcome).toEqual({ ok: true, value: { video, original: null, squareBy: null } });
    expect(new Set(bucket.calls.map(({ call }) => call))).toEqual(new Set(["get", "read"]));
  });

  test("that is shorter than wanted stays what it is, and tells its length", async () => {
    const { outcome } = await inMemory([landscapeClip], 9);
    expect(outcome).toMatchObject({ ok: true, value: { video: { key: clipKey(0), duration_seconds: 8 } } });
  });

  test("that is longer is cut, with its index in front", async () => {
    const { bucket, outcome } = await inMemory([landscapeClip], 5);
    const written = bucket.peek("media/secret/video.mp4") ?? new Uint8Array();
    const video = {
      key: "media/secret/video.mp4",
      bytes: written.length,
      width: 1_280,
      height: 720,
      duration_seconds: 5,
    };
    expect(outcome).toEqual({ ok: true, value: { video, original: null, squareBy: null } });
    const text = new TextDecoder("latin1").decode(written);
    expect(text.indexOf("moov")).toBeLessThan(text.indexOf("mdat"));
    expect(bucket.keys).toEqual([clipKey(0), "media/secret/video.mp4"]);
  });

  test("is cut to the same bytes each time", async () => {
    const [one, other] = [await inMemory([landscapeClip], 5), await inMemory([landscapeClip], 5)];
    expect(one.bucket.peek("media/secret/video.mp4")).toEqual(other.bucket.peek("media/secret/video.mp4"));
  });

  test("in fragments is as good as any other when it need not be cut, and refused when it must be", async () => {
    const fragments = await mp4({ seconds: 8 }, "fragments");
    expect((await inMemory([fragments], 8)).outcome).toMatchObject({ ok: true, value: { video: { key: clipKey(0) } } });
    expect((await inMemory([fragments], 5)).outcome).toMatchObject({
      ok: false,
      fault: { kind: "invalid_request", note: "a clip cannot be read: the movie is in fragments" },
    });
  });

  test("that is no video is refused", async () => {
    const text = new TextEncoder().encode("<html><body>Not here.</body></html>");
    expect((await inMemory([text], 8)).outcome).toMatchObject({ ok: false, fault: { kind: "invalid_request" } });
  });
});

describe("several clips", () => {
  test("are joined in the real bucket, under the name a browser saves them by", async () => {
    const outcome = await finishVideo(await order(env.BUCKET, [landscapeClip, landscapeClip, landscapeClip], 20));
    expect(outcome).toMatchObject({
      ok: true,
      value: { video: { key: "media/secret/video.mp4", width: 1_280, height: 720, duration_seconds: 20 } },
    });
    const stored = await env.BUCKET.head("media/secret/video.mp4");
    expect(stored?.httpMetadata).toMatchObject({
      contentType: "video/mp4",
      contentDisposition: 'inline; filename="emerald.mp4"',
    });
    // The same bytes that come out of memory: what lies between the runs is skipped right, whatever the chunks.
    const { bucket } = await inMemory([landscapeClip, landscapeClip, landscapeClip], 20);
    const object = await env.BUCKET.get("media/secret/video.mp4");
    expect(await object?.bytes()).toEqual(bucket.peek("media/secret/video.mp4"));
  });

  test("have three reads each and few for the result", async () => {
    const { bucket } = await inMemory(Array(8).fill(landscapeClip), 60);
    expect(count(bucket, "get")).toBeLessThanOrEqual(8 * 3 + 6);
    expect(count(bucket, "put")).toBe(1);
  });

  test("with a gone one among them are not found", async () => {
    const bucket = new MemoryBucket();
    const request = await order(bucket, [landscapeClip, landscapeClip], 12);
    await bucket.delete(clipKey(1));
    expect(await finishVideo(request)).toMatchObject({ ok: false, fault: { kind: "not_found" } });
  });

  test("with one that goes while it is read leave nothing half behind", async () => {
    const bucket = new MemoryBucket();
    const request = await order(bucket, [landscapeClip, landscapeClip], 12);
    const get = bucket.get.bind(bucket);
    let reads = 0;
    bucket.get = async (key: string, options?: R2GetOptions) => {
      if (key === clipKey(1) && ++reads === 3) await bucket.delete(key);
      return await get(key, options);
    };
    expect(await finishVideo(request)).toMatchObject({ ok: false, fault: { kind: "not_found" } });
    expect(bucket.keys).toEqual([clipKey(0)]);
  });

  test("whose bucket fails are tried again by whoever asked", async () => {
    const bucket = new MemoryBucket();
    const request = await order(bucket, [landscapeClip, landscapeClip], 12);
    bucket.put = () => Promise.reject(new Error("R2 is away"));
    await expect(finishVideo(request)).rejects.toThrow("R2 is away");
  });

  test("of different sizes are refused", async () => {
    const { bucket, outcome } = await inMemory([landscapeClip, standingClip], 12);
    expect(outcome).toMatchObject({
      ok: false,
      fault: { kind: "invalid_request", note: "the clips' decoder configurations differ" },
    });
    expect(bucket.keys).toHaveLength(2);
  });

  test("of which one is silent are refused", async () => {
    const { outcome } = await inMemory([await quickClip(), await quickClip({ hasAudio: false })], 12);
    expect(outcome).toMatchObject({ ok: false, fault: { note: "one clip has sound and another has none" } });
  });

  test("of which one has any one number made absurd are joined or refused, and nothing broken is left", async () => {
    const index = new TextDecoder("latin1").decode(landscapeClip).lastIndexOf("moov");
    for (let at = index; at + 4 <= landscapeClip.length; at += 14) {
      const broken = landscapeClip.slice();
      broken.fill(0xff, at, at + 4);
      const { bucket, outcome } = await inMemory([broken, landscapeClip], 10);
      if (outcome.ok) continue;
      expect(outcome.fault.kind, `at ${at}`).toBe("invalid_request");
      expect(bucket.keys).toEqual([clipKey(0), clipKey(1)]);
    }
  });

  test("shorter than promised give all they have", async () => {
    const { outcome } = await inMemory([await quickClip({ seconds: 3 }), await quickClip({ seconds: 4 })], 16);
    expect(outcome).toMatchObject({ ok: true, value: { video: { duration_seconds: 7 } } });
  });

  test("of a minute in full HD pass through one part of an upload and one chunk of a read", async () => {
    // 80 frames of 100 kB: 8 MB for 8 s, as of 1080p.
    const clip = await quickClip({ frameBytes: 100_000 });
    const { bucket, outcome } = await inMemory(Array(8).fill(clip), 60);
    expect(outcome).toMatchObject({ ok: true, value: { video: { duration_seconds: 60 } } });
    expect(count(bucket, "part")).toBeGreaterThan(10);
    expect(mostHeld(bucket)).toBeLessThanOrEqual(partBytes + 2 * readBytes);
    const reads = bucket.calls.filter(({ call }) => call === "read").map(({ bytes }) => bytes);
    expect(Math.max(...reads)).toBeLessThanOrEqual(2 * readBytes);
  });
});

/** The most bytes that came out of the bucket between two parts that went in. */
function mostHeld(bucket: MemoryBucket): number {
  let [held, most] = [0, 0];
  for (const { call, bytes } of bucket.calls) {
    if (call === "pull") held += bytes;
    if (call === "part") held = 0;
    most = Math.max(most, held);
  }
  return most;
}
