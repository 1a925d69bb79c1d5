/** From a stored video to its excerpts, in workerd: what is kept, how much is read, and what is refused. */
import { describe, expect, test } from "vitest";
import type { Excerpt, ExcerptLimits } from "../../src/veo/model.ts";
import { chooseEnds } from "../../src/video/excerpts/choose-ends.ts";
import { type CleanEnd, cleanEnds } from "../../src/video/excerpts/clean-ends.ts";
import { cutExcerpts, type VideoSource } from "../../src/video/excerpts/cut-excerpts.ts";
import { readVideoFacts } from "../../src/video/facts.ts";
import { mov, type Movie, mp4, webm } from "../support/movies.ts";

const limits: ExcerptLimits = { countMaximum: 3, secondsMaximum: 3, bytesMaximum: 6_000_000 };

interface CountedSource extends VideoSource {
  readonly log: { reads: number; bytes: number };
}

function sourceOf(content: Uint8Array, contentType = "video/mp4"): CountedSource {
  const log = { reads: 0, bytes: 0 };
  return {
    content_type: contentType,
    bytes: content.length,
    log,
    read(start, end) {
      log.reads++;
      log.bytes += end - start;
      return Promise.resolve(content.slice(start, end));
    },
  };
}

/** A frame every tenth of a second, a keyframe every second. */
const containers: Record<string, { type: string; becomes: string; build: (movie: Movie) => Promise<Uint8Array> }> = {
  "an MP4": { type: "video/mp4", becomes: "video/mp4", build: (movie) => mp4(movie) },
  "an MP4 in fragments": { type: "video/mp4", becomes: "video/mp4", build: (movie) => mp4(movie, "fragments") },
  "a MOV": { type: "video/quicktime", becomes: "video/mp4", build: (movie) => mov(movie) },
  "a WebM": { type: "video/webm", becomes: "video/webm", build: (movie) => webm(movie) },
  "a WebM of a live recording": { type: "video/webm", becomes: "video/webm", build: (movie) => webm(movie, true) },
};

const beats = [[0, 4], [4, 8], [8, 12]].map(([start = 0, end = 0]) => ({ start_seconds: start, end_seconds: end }));

const times = (excerpts: readonly Excerpt[]) =>
  excerpts.map(({ start_seconds, end_seconds }) => [start_seconds, Math.round(end_seconds * 1_000) / 1_000]);

async function contentOf(excerpt: Excerpt | undefined): Promise<Uint8Array> {
  if (!excerpt) throw new Error("There is no such excerpt.");
  return new Uint8Array(await new Response(await excerpt.attachment.open()).arrayBuffer());
}

describe.each(Object.entries(containers))("%s", (_, { type, becomes, build }) => {
  test("gives an excerpt of each beat, without sound", async () => {
    const excerpts = await cutExcerpts(sourceOf(await build({ seconds: 12 }), type), beats, limits);
    expect(times(excerpts)).toEqual([[0, 3], [4, 7], [8, 11]]);
    for (const excerpt of excerpts) {
      const content = await contentOf(excerpt);
      expect(excerpt.attachment.contentType).toBe(becomes);
      expect(content).toHaveLength(excerpt.attachment.bytes);
      const facts = { content_type: becomes, width: 64, height: 36, has_audio: false, codec: "vp9" };
      expect(await readVideoFacts(sourceOf(content))).toMatchObject({ ok: true, facts });
    }
  });

  test("gives fewer or none when it is damaged, and never fails", async () => {
    const whole = await build({ seconds: 4 });
    let state = 1;
    const random = (below: number) => (state = state * 48_271 % 2_147_483_647) % below;
    for (let round = 0; round < 60; round++) {
      const damaged = round % 2 ? whole.slice(0, random(whole.length)) : whole.slice();
      for (let hits = 1 + random(4); hits > 0 && damaged.length > 0; hits--) {
        damaged[random(damaged.length)] = random(256);
      }
      const excerpts = await cutExcerpts(sourceOf(damaged, type), [], limits);
      expect(excerpts.length).toBeLessThanOrEqual(3);
    }
  });
});

test("an excerpt can be opened again and again", async () => {
  const [excerpt] = await cutExcerpts(sourceOf(await mp4({ seconds: 3, frameBytes: 9_000 })), [], limits);
  expect(await contentOf(excerpt)).toEqual(await contentOf(excerpt));
});

test("a video that stands on its side stays so", async () => {
  const [excerpt] = await cutExcerpts(sourceOf(await mp4({ rotation: 90 })), [], limits);
  expect(await readVideoFacts(sourceOf(await contentOf(excerpt)))).toMatchObject({ facts: { width: 36, height: 64 } });
});

describe("a video of 50 Mbit/s", () => {
  test("gives what fits, and only that is read", async () => {
    const source = sourceOf(await mp4({ seconds: 6, frameBytes: 600_000, hasAudio: false }, "front"));
    const excerpts = await cutExcerpts(source, [], limits);
    const bytes = excerpts.reduce((sum, { attachment }) => sum + attachment.bytes, 0);
    expect(times(excerpts)).toEqual([[0, 0.9]]);
    expect(bytes).toBeLessThanOrEqual(limits.bytesMaximum);
    expect(source.log.bytes).toBeLessThan(bytes + 1_000_000);
    expect(source.log.reads).toBeLessThan(40);
  });

  test("gives nothing when half a second does not fit", async () => {
    const source = sourceOf(await mp4({ seconds: 2, frameBytes: 600_000 }));
    expect(await cutExcerpts(source, [], { ...limits, bytesMaximum: 2_000_000 })).toEqual([]);
  });
});

test("a video without pictures, an empty one and one of another kind give nothing", async () => {
  expect(await cutExcerpts(sourceOf(await mp4({ hasVideo: false })), [], limits)).toEqual([]);
  expect(await cutExcerpts(sourceOf(new Uint8Array()), [], limits)).toEqual([]);
  expect(await cutExcerpts(sourceOf(new TextEncoder().encode("GIF89a and more of it")), [], limits)).toEqual([]);
});

test("a failure of the storage is not taken for a damaged video, whenever it comes", async () => {
  for (
    const movie of [await mp4({ seconds: 12, frameBytes: 40_000 }), await webm({ seconds: 12, frameBytes: 40_000 })]
  ) {
    const source = sourceOf(movie);
    await cutExcerpts(source, [], limits);
    const { reads } = source.log;
    for (let allowed = 0; allowed < reads; allowed++) {
      let left = allowed;
      const failing = {
        ...source,
        read: (start: number, end: number) =>
          left-- > 0 ? source.read(start, end) : Promise.reject(new Error("R2 is down")),
      };
      await expect(cutExcerpts(failing, [], limits), `read ${allowed}`).rejects.toThrow("R2 is down");
    }
  }
});

test("a video with a hundred thousand boxes is given up before too many reads", async () => {
  const head = await mp4({ seconds: 1 }, "fragments");
  const empty = Uint8Array.of(0, 0, 0, 8, ...new TextEncoder().encode("free"));
  const content = new Uint8Array(head.length + 100_000 * empty.length);
  content.set(head);
  for (let at = head.length; at < content.length; at += empty.length) content.set(empty, at);
  const source = sourceOf(content);
  expect(await cutExcerpts(source, [], limits)).toEqual([]);
  expect(source.log.reads).toBeLessThanOrEqual(500);
});

test("a WebM whose last block is longer than its cluster is not read in circles", async () => {
  const content = await webm({ seconds: 2, hasAudio: false });
  const simpleBlock = 0xa3;
  const lastBlock = content.lastIndexOf(simpleBlock);
  content[lastBlock + 1] = 0x80 + 28;
  const source = sourceOf(content, "video/webm");
  expect(await readVideoFacts(source)).toMatchObject({ ok: false });
  expect(await cutExcerpts(source, [], limits)).toEqual([]);
});

describe("a stretch can end", () => {
  const run = (...seconds: number[]) => seconds.map((shown) => ({ seconds: shown, bytes: 1 }));
  const ends = (pictures: readonly { seconds: number; bytes: number }[], end: number | null) =>
    cleanEnds(pictures, end).map(({ pictures: count, seconds }) => [count, seconds]);

  test("after each picture when they are shown as they are decoded", () => {
    expect(ends(run(0, 1, 2), 3)).toEqual([[1, 1], [2, 2], [3, 3]]);
  });

  test("at the end of each group of B-frames, and nowhere inside of it", () => {
    expect(ends(run(0, 4, 2, 1, 3, 8, 6, 5, 7), 9)).toEqual([[1, 1], [5, 5], [9, 9]]);
  });

  test("without the pictures that lead an open group, which stay out", () => {
    expect(ends(run(10, 8, 7, 9, 12, 11), 13)).toEqual([[1, 11], [6, 13]]);
  });

  test("only where what follows is known", () => {
    expect(ends(run(...Array.from({ length: 40 }, (_, index) => index)), null)).toHaveLength(8);
  });
});

describe("bytes are shared", () => {
  /** An excerpt of so many bytes for each picture. */
  const choice = (each: number, count = 10): CleanEnd[] =>
    Array.from(
      { length: count },
      (_, index) => ({ pictures: index + 1, seconds: index + 1, bytes: each * (index + 1) }),
    );
  const pictures = (choices: readonly CleanEnd[][], most: number) =>
    chooseEnds(choices, most).map((end) => end && end.pictures);

  test("so that all are whole when they fit", () => {
    expect(pictures([choice(1), choice(2), choice(3)], 60)).toEqual([10, 10, 10]);
  });

  test("evenly, and what one does not need goes to the others", () => {
    expect(pictures([choice(10), choice(1), choice(10)], 110)).toEqual([5, 10, 5]);
  });

  test("without the one that needs most, when there is not enough for all", () => {
    expect(pictures([choice(10), choice(50), choice(10)], 100)).toEqual([5, null, 5]);
    expect(pictures([choice(10), choice(10)], 5)).toEqual([null, null]);
  });

  test("among those that can be cut at all", () => {
    expect(pictures([[], choice(1)], 100)).toEqual([null, 10]);
  });
});
