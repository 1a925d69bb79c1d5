import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, test } from "vitest";
import { PartBuffer } from "../../src/storage/part-buffer.ts";
import { partBytes } from "../../src/storage/part-memory.ts";
import { BodyTooLargeError, storeStream } from "../../src/storage/store-stream.ts";
import {
  attachmentOf,
  deletePrefix,
  FileGoneError,
  mediaKey,
  mediaPrefix,
  rangedSourceOf,
} from "../../src/storage/task-files.ts";
import { brokenAfter, inPieces } from "../support/multipart.ts";
import { RecordedBucket } from "../support/recorded-bucket.ts";

const options = { httpMetadata: { contentType: "image/jpeg" }, bytesMaximum: 20_000_000 };

/** Bytes of which each place has its own value, as far as that goes. */
function counted(length: number): Uint8Array {
  return new Uint8Array(length).map((_, index) => (index * 31 + (index >> 16)) & 0xff);
}

async function stored(key: string): Promise<Uint8Array | null> {
  const object = await env.BUCKET.get(key);
  return object && new Uint8Array(await object.arrayBuffer());
}

async function hash(bytes: Uint8Array): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).join();
}

describe("a body", () => {
  test.each([
    ["is empty", 0, 10],
    ["is shorter than a part", 1_000, 7],
    ["is exactly one part", partBytes, 65_536],
    ["is one byte longer than a part", partBytes + 1, 65_536],
    ["is exactly two parts", 2 * partBytes, 100_000],
    ["comes in chunks longer than a part", 2 * partBytes + 5, 2 * partBytes + 5],
  ])("that %s arrives as it was sent", async (_, length, pieceBytes) => {
    const bytes = counted(length);
    const { bytes: count, etag } = await storeStream(env.BUCKET, "body", inPieces(bytes, pieceBytes), options);
    const object = await env.BUCKET.head("body");
    expect(count).toBe(length);
    expect(object).toMatchObject({ size: length, etag, httpMetadata: { contentType: "image/jpeg" } });
    expect(await hash(await stored("body") ?? new Uint8Array(1))).toBe(await hash(bytes));
  });

  test("is cut into parts of one size only when it is longer than one", async () => {
    const { bucket, calls } = new RecordedBucket(env.BUCKET);
    await storeStream(bucket, "short", inPieces(counted(partBytes), 65_536), options);
    await storeStream(bucket, "long", inPieces(counted(2 * partBytes + 9), 65_536), options);
    expect(calls).toEqual([
      `put ${partBytes}`,
      "create",
      `part ${partBytes}`,
      `part ${partBytes}`,
      "part 9",
      "complete",
    ]);
  });

  test("may reuse one buffer for several uploads after each other", async () => {
    const buffer = new PartBuffer(10);
    await storeStream(env.BUCKET, "first", inPieces(counted(partBytes + 10), 65_536), { ...options, buffer });
    await storeStream(env.BUCKET, "second", inPieces(counted(100), 30), { ...options, buffer });
    expect(await stored("second")).toEqual(counted(100));
    expect((await stored("first"))?.length).toBe(partBytes + 10);
  });

  test("shows each of its chunks before it is stored", async () => {
    const seen: number[] = [];
    const onChunk = (chunk: Uint8Array) => seen.push(...chunk);
    await storeStream(env.BUCKET, "seen", inPieces(counted(50), 8), {
      ...options,
      onChunk: (chunk) => void onChunk(chunk),
    });
    expect(Uint8Array.from(seen)).toEqual(counted(50));
  });
});

describe("nothing is left", () => {
  // All files of tests share one bucket.
  beforeEach(() => deletePrefix(env.BUCKET, ""));

  test.each([["within one part", 1_000], ["after several parts", 2 * partBytes + 10]])(
    "of a body that breaks off %s",
    async (_, length) => {
      const { bucket, calls } = new RecordedBucket(env.BUCKET);
      const storing = storeStream(bucket, "broken", brokenAfter(counted(length)), options);
      await expect(storing).rejects.toThrow("connection lost");
      expect(await stored("broken")).toBeNull();
      expect(calls.includes("abort")).toBe(length > partBytes);
    },
  );

  test.each([["within one part", 1_000, 999], ["after several parts", 2 * partBytes, 2 * partBytes - 1]])(
    "of a body that is too large %s",
    async (_, length, bytesMaximum) => {
      const body = inPieces(counted(length), 65_536);
      const storing = storeStream(env.BUCKET, "large", body, { ...options, bytesMaximum });
      await expect(storing).rejects.toBeInstanceOf(BodyTooLargeError);
      expect(await stored("large")).toBeNull();
    },
  );

  test("of a body that its observer refuses", async () => {
    const onChunk = () => {
      throw new Error("not this one");
    };
    const storing = storeStream(env.BUCKET, "refused", inPieces(counted(10), 3), { ...options, onChunk });
    await expect(storing).rejects.toThrow("not this one");
    expect(await stored("refused")).toBeNull();
  });
});

describe("a task's files", () => {
  test("lie under the secret of its links", () => {
    expect(mediaPrefix("s")).toBe("media/s/");
    expect(mediaKey("s", "video.mp4")).toBe("media/s/video.mp4");
  });

  test("are deleted page by page, and no other task's", async () => {
    const keys = [1, 2, 3, 4, 5].map((file) => mediaKey("paged1", `${file}.jpg`));
    for (const key of [...keys, mediaKey("paged10", "1.jpg")]) await env.BUCKET.put(key, "x");
    await deletePrefix(env.BUCKET, mediaPrefix("paged1"), 2);
    const left = await env.BUCKET.list({ prefix: "media/paged" });
    expect(left.objects.map(({ key }) => key)).toEqual(["media/paged10/1.jpg"]);
  });

  test("can be opened again and again as attachments", async () => {
    await env.BUCKET.put("attached", counted(100));
    const attachment = attachmentOf(env.BUCKET, { key: "attached", content_type: "image/png", bytes: 100 });
    expect(attachment).toMatchObject({ contentType: "image/png", bytes: 100 });
    for (let turn = 0; turn < 2; turn++) {
      expect(new Uint8Array(await new Response(await attachment.open()).arrayBuffer())).toEqual(counted(100));
    }
  });

  test("that are gone say so", async () => {
    const gone = { key: "tasks/none/s/1.jpg", content_type: "image/png", bytes: 1 };
    await expect(attachmentOf(env.BUCKET, gone).open()).rejects.toBeInstanceOf(FileGoneError);
    await expect(rangedSourceOf(env.BUCKET, gone.key, 1).read(0, 1)).rejects.toBeInstanceOf(FileGoneError);
  });

  test("can be read in parts", async () => {
    await env.BUCKET.put("ranged", counted(100));
    expect(await rangedSourceOf(env.BUCKET, "ranged", 100).read(10, 15)).toEqual(counted(100).subarray(10, 15));
  });
});
