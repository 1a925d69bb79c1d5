import { describe, expect, test } from "vitest";
import type { RangedSource } from "../../src/storage/task-files.ts";
import { readVideoFacts } from "../../src/video/facts.ts";
import { mov, type Movie, mp4, webm } from "../support/movies.ts";
import { joined, number, strangers } from "../support/pictures.ts";

function sourceOf(bytes: Uint8Array): RangedSource {
  return { bytes: bytes.length, read: (start, end) => Promise.resolve(bytes.slice(start, end)) };
}

const facts = (bytes: Uint8Array) => readVideoFacts(sourceOf(bytes));

const containers: Record<string, { type: string; build: (movie?: Movie) => Promise<Uint8Array> }> = {
  "an MP4 with its index at the end": { type: "video/mp4", build: (movie) => mp4(movie, "end") },
  "an MP4 with its index in front": { type: "video/mp4", build: (movie) => mp4(movie, "front") },
  "a MOV": { type: "video/quicktime", build: (movie) => mov(movie) },
  "a WebM": { type: "video/webm", build: (movie) => webm(movie) },
};

describe.each(Object.entries(containers))("%s", (_, { type, build }) => {
  test("tells its size, length and sound", async () => {
    const read = await facts(await build({ width: 320, height: 180, seconds: 3 }));
    expect(read).toMatchObject({
      ok: true,
      facts: { content_type: type, width: 320, height: 180, has_audio: true, codec: "vp9" },
    });
    expect(read.ok && Math.abs(read.facts.duration_seconds - 3)).toBeLessThan(0.11);
  });

  test("is told to be silent", async () => {
    expect(await facts(await build({ hasAudio: false }))).toMatchObject({ ok: true, facts: { has_audio: false } });
  });

  test("is refused without a picture", async () => {
    expect(await facts(await build({ hasVideo: false }))).toEqual(refused("There is no picture in this video."));
  });

  test("is refused when it ends anywhere before its end", async () => {
    const bytes = await build({ seconds: 1 });
    for (let length = 0; length < bytes.length - 8; length += 7) {
      expect(await facts(bytes.subarray(0, length)), `${length} of ${bytes.length} bytes`).toMatchObject({
        ok: false,
        code: "reference_unusable",
      });
    }
  });
});

const refused = (message: string) => ({ ok: false, code: "reference_unusable", message });

test("a video is seen as its track turns it", async () => {
  for (const turned of [await mp4({ width: 64, height: 36, rotation: 90 }), await mov({ rotation: 270 })]) {
    expect(await facts(turned)).toMatchObject({ ok: true, facts: { width: 36, height: 64 } });
  }
});

test("a recording whose recorder did not know its length is measured", async () => {
  expect(await facts(await webm({ seconds: 2 }, true))).toMatchObject({
    ok: true,
    facts: { content_type: "video/webm" },
  });
});

test("a fragmented MP4 is measured over all of its fragments", async () => {
  expect(await facts(await mp4({ seconds: 3 }, "fragments"))).toMatchObject({
    ok: true,
    facts: { duration_seconds: 3 },
  });
});

test("a cut in the last box is told as a cut, though the index in front is whole", async () => {
  const bytes = await mp4({ frameBytes: 1_000 }, "front");
  const message = "The video is cut off: its end is missing. Send the whole file.";
  expect(await facts(bytes.subarray(0, bytes.length - 1))).toEqual(refused(message));
});

test("a video without frames is refused", async () => {
  expect(await facts(await mp4({ seconds: 0 }))).toMatchObject({ ok: false, code: "reference_unusable" });
});

test("a file that is no video is refused", async () => {
  for (const bytes of Object.values(strangers)) {
    expect(await facts(bytes)).toMatchObject({ ok: false, code: "reference_unusable" });
  }
});

test("an index that claims to be enormous is not read into memory", async () => {
  const largest = { bytes: 0 };
  const head = joined(number(4, 16), "ftypisom", [0, 0, 2, 0], number(4, 90_000_000), "moov");
  const source: RangedSource = {
    bytes: 90_000_100,
    read(start, end) {
      largest.bytes = Math.max(largest.bytes, end - start);
      const bytes = new Uint8Array(end - start);
      bytes.set(head.subarray(start, end));
      return Promise.resolve(bytes);
    },
  };
  expect(await readVideoFacts(source)).toMatchObject({ ok: false, code: "reference_unusable" });
  expect(largest.bytes).toBeLessThanOrEqual(16 * 1_024 * 1_024);
});

describe("an index that claims what cannot be", () => {
  const most = [255, 255, 255, 255];

  /** The movie with the bytes at this place behind the name of its last such box replaced. */
  async function lying(
    type: string,
    offset: number,
    bytes: readonly number[],
    index?: "fragments",
  ): Promise<Uint8Array> {
    const movie = await mp4({}, index);
    const name = new TextEncoder().encode(type);
    const at = movie.findLastIndex((_, place) => name.every((letter, step) => movie[place + step] === letter));
    if (at < 0) throw new Error(`There is no ${type}.`);
    movie.set(bytes, at + 4 + offset);
    return movie;
  }

  test.each([
    ["billions of durations", () => lying("stts", 8, most)],
    ["billions of samples of one size", () => lying("stsz", 4, [0, 0, 0, 1, ...most])],
    ["billions of samples in a chunk", () => lying("stsc", 12, most)],
    ["more runs than there are", () => lying("stts", 4, most)],
    ["billions of samples in a fragment", () => lying("trun", 4, most, "fragments")],
  ])("is refused at once: %s", async (_, make) => {
    // A reader that unfolds them does not come back before the test is given up.
    expect(await facts(await make())).toMatchObject({ ok: false, code: "reference_unusable" });
  });
});

test("a failure to read is not taken for a damaged video", async () => {
  const bytes = await mp4({ frameBytes: 20_000 });
  let reads = 0;
  const source: RangedSource = {
    bytes: bytes.length,
    read: (start, end) =>
      ++reads > 1 ? Promise.reject(new Error("R2 is down")) : Promise.resolve(bytes.slice(start, end)),
  };
  await expect(readVideoFacts(source)).rejects.toThrow("R2 is down");
});
