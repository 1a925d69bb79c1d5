/** The square of a finished video, and the whole picture beside it. */
import { describe, expect, test } from "vitest";
import { clipKey, inMemory, landscapeClip, standingClip } from "./finish-in-memory.ts";

describe("a square", () => {
  test("of a clip of the length wanted has the clip for its original", async () => {
    const { bucket, outcome } = await inMemory([standingClip], 8, { square: { kind: "crop" } });
    const original = { key: clipKey(0), bytes: standingClip.length, width: 720, height: 1_280, duration_seconds: 8 };
    const video = { key: "media/secret/video.mp4", width: 720, height: 720, duration_seconds: 8 };
    expect(outcome).toMatchObject({ ok: true, value: { video, original, squareBy: "crop" } });
    expect((await bucket.head("media/secret/video.mp4"))?.customMetadata).toEqual({ original: "clip-1.mp4" });
  });

  test("of what was cut or joined keeps the uncropped video beside it", async () => {
    const { bucket, outcome } = await inMemory([standingClip, standingClip], 11, { square: { kind: "crop" } });
    const original = { key: "media/secret/video-original.mp4", width: 720, height: 1_280, duration_seconds: 11 };
    const video = { key: "media/secret/video.mp4", width: 720, height: 720, duration_seconds: 11 };
    expect(outcome).toMatchObject({ ok: true, value: { video, original, squareBy: "crop" } });
    expect((await bucket.head("media/secret/video.mp4"))?.customMetadata).toEqual({ original: "video-original.mp4" });
    expect((await bucket.head("media/secret/video-original.mp4"))?.httpMetadata).toMatchObject({
      contentDisposition: 'inline; filename="emerald-original.mp4"',
    });
  });

  test("that another service makes is stored as it comes", async () => {
    const cropped = await inMemory([standingClip], 8, { square: { kind: "crop" } });
    const theirs = cropped.bucket.peek("media/secret/video.mp4") ?? new Uint8Array();
    const asked: { bytes: number; side: number }[] = [];
    const transform = async (body: ReadableStream<Uint8Array>, side: number) => {
      asked.push({ bytes: (await new Response(body).arrayBuffer()).byteLength, side });
      return new Blob([theirs]).stream();
    };
    const { bucket, outcome } = await inMemory([standingClip], 8, { square: { kind: "transform", transform } });
    expect(asked).toEqual([{ bytes: standingClip.length, side: 720 }]);
    expect(outcome).toMatchObject({ ok: true, value: { video: { width: 720, height: 720 }, squareBy: "transform" } });
    expect(bucket.peek("media/secret/video.mp4")).toEqual(theirs);
    expect((await bucket.head("media/secret/video.mp4"))?.customMetadata).toEqual({ original: "clip-1.mp4" });
  });

  test.each([
    ["fails", () => Promise.reject(new Error("MediaError"))],
    ["makes something else", () => Promise.resolve(new Blob(["Not a video."]).stream())],
    ["makes no square", () => Promise.resolve(new Blob([standingClip]).stream())],
  ])("is cropped when the other service %s", async (_, transform) => {
    const { outcome } = await inMemory([standingClip], 8, { square: { kind: "transform", transform } });
    expect(outcome).toMatchObject({ ok: true, value: { video: { width: 720, height: 720 }, squareBy: "crop" } });
  });

  test("is cropped when the other service stops before the end", async () => {
    const short = await inMemory([standingClip], 5, { square: { kind: "crop" } });
    const theirs = short.bucket.peek("media/secret/video.mp4") ?? new Uint8Array();
    const transform = () => Promise.resolve(new Blob([theirs]).stream());
    const { outcome } = await inMemory([standingClip], 8, { square: { kind: "transform", transform } });
    expect(outcome).toMatchObject({ ok: true, value: { video: { duration_seconds: 8 }, squareBy: "crop" } });
  });

  test("of a lying picture is refused before anything is cropped", async () => {
    const { bucket, outcome } = await inMemory([landscapeClip], 8, { square: { kind: "crop" } });
    expect(outcome).toMatchObject({ ok: false, fault: { kind: "invalid_request" } });
    expect(bucket.keys).toEqual([clipKey(0)]);
  });
});
