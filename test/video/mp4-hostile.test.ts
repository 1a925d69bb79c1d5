/** Files that are damaged, cut off, or made to keep us busy: each is refused in our own words, and soon. */
import { describe, expect, test } from "vitest";
import landscape from "../../src/sandbox/clips/1280x720-8s.bin";
import type { RangedSource } from "../../src/storage/task-files.ts";
import type { Outcome } from "../../src/upstream/outcome.ts";
import { ascii, box, fullBox, uint32, zeros } from "../../src/video/mp4/box-writer.ts";
import type { Movie } from "../../src/video/mp4/movie.ts";
import { readMovie } from "../../src/video/mp4/read-movie.ts";
import { mp4 } from "../support/movies.ts";

const clip = new Uint8Array(landscape);

function sourceOf(bytes: Uint8Array): RangedSource {
  return { bytes: bytes.length, read: (start, end) => Promise.resolve(bytes.slice(start, end)) };
}

const read = (bytes: Uint8Array) => readMovie(sourceOf(bytes));

function refusal(note: string) {
  return {
    ok: false,
    fault: { kind: "invalid_request", note: `a clip cannot be read: ${note}`, retry_after_ms: null },
  };
}

/** Where the content of the first box of a type begins. */
function contentOf(bytes: Uint8Array, type: string): number {
  const wanted = ascii(type);
  const at = bytes.findIndex((_, index) => wanted.every((byte, place) => bytes[index + place] === byte));
  if (at === -1) throw new Error(`There is no "${type}".`);
  return at + 4;
}

/** The clip with numbers of 32 bits replaced. */
function damaged(type: string, offset: number, ...values: number[]): Uint8Array {
  const bytes = clip.slice();
  bytes.set(uint32(...values), contentOf(bytes, type) + offset);
  return bytes;
}

const most = 0xffff_ffff;

describe("an index", () => {
  test.each([
    ["claims four billion samples of one size", damaged("stsz", 4, 1, most), "a track has more than 50000 samples"],
    ["claims more sizes than it has", damaged("stsz", 8, 49_999), "a box of the index ends before what it should hold"],
    ["claims four billion chunks", damaged("stco", 4, most), "a track has more than 50000 chunks"],
    ["claims four billion runs of chunks", damaged("stsc", 4, most), "a track has absurdly many runs of chunks"],
    ["gives a time to four billion samples", damaged("stts", 8, most), "a table has more samples than there are"],
    ["gives a time to too few samples", damaged("stts", 8, 3), "a table has fewer samples than there are"],
    ["has a keyframe beyond the last sample", damaged("stss", 8, 193), "a keyframe is none of the samples"],
    ["has samples outside the file", damaged("stco", 8, most - 1), "a sample lies outside the file"],
    ["has chunks of four billion samples", damaged("stsc", 12, most), "a chunk has more samples than exist"],
    ["uses a second description", damaged("stsc", 16, 2), "a sample has another description than the first"],
    ["has two descriptions", damaged("stsd", 4, 2), "a track has not exactly one sample description"],
    ["has an edit at another speed", damaged("elst", 16, 0x2_0000), "a track is not played at its own speed"],
    ["has an edit before its media", damaged("elst", 12, most), "the edit of a track begins before its media"],
    ["has many edits", damaged("elst", 4, most), "a track has more than one edit"],
    ["has no timescale", damaged("mvhd", 12, 0), "the movie has no timescale"],
    ["has a box longer than itself", damaged("stbl", 0, most), 'the box "stsd" has an impossible length'],
    ["has a box of no length", damaged("stbl", 0, 0), 'the box "stsd" has an impossible length'],
    ["is nothing but its box", box("moov"), 'the index has no box "mvhd"'],
    [
      "has a movie header and no track",
      box("moov", fullBox("mvhd", 0, 0, uint32(0, 0, 1))),
      "there is no picture in it",
    ],
  ])("that %s is refused", async (_, bytes, note) => {
    expect(await read(bytes)).toEqual(refusal(note));
  });
});

describe("a file", () => {
  test.each([
    ["without an index", box("ftyp", zeros(8)), "the file has no index"],
    ["of nothing", new Uint8Array(), "the file has no index"],
    [
      "of ten thousand boxes",
      new Uint8Array(80_000).map((_, index) => index % 8 === 3 ? 8 : 0x20),
      "the file is cut off",
    ],
    ["of empty boxes", zeros(80_000).map((_, index) => index % 8 === 3 ? 8 : 0), "the file has no index"],
    ["with a box shorter than its header", uint32(4, 0x6d6f6f76), "a box of the file has an impossible length"],
    ["with a box of an absurd length", uint32(1, 0x6d646174, most, most), "a number in the index is absurd"],
    [
      "with a box of 64 bits that ends at once",
      uint32(1, 0x6d646174, 0, 4),
      "a box of the file has an impossible length",
    ],
    ["of text", ascii("<html><body>It moved.</body></html>"), "the file is cut off"],
  ])("%s is refused", async (_, bytes, note) => {
    expect(await read(bytes)).toEqual(refusal(note));
  });

  test("in fragments is refused", async () => {
    expect(await read(await mp4({}, "fragments"))).toEqual(refusal("the movie is in fragments"));
  });

  test("without a picture is refused", async () => {
    expect(await read(await mp4({ hasVideo: false }))).toEqual(refusal("there is no picture in it"));
  });

  test("with an index longer than any real one is refused before it is read", async () => {
    let bytesRead = 0;
    const head = uint32(100_000_000, 0x6d6f6f76);
    const read = (start: number, end: number) => {
      bytesRead += end - start;
      const bytes = new Uint8Array(end - start);
      bytes.set(head.subarray(start, end));
      return Promise.resolve(bytes);
    };
    expect(await readMovie({ bytes: 100_000_000, read })).toEqual(refusal("the index is longer than any real one"));
    expect(bytesRead).toBeLessThan(100_000);
  });

  test("that is cut off anywhere is refused", async () => {
    for (let length = 0; length < clip.length; length += 997) {
      expect(await read(clip.subarray(0, length)), `${length} bytes`).toMatchObject({ ok: false });
    }
  });

  test("whose bucket fails is no damaged file", async () => {
    const failing = { bytes: 1_000, read: () => Promise.reject(new Error("R2 is away")) };
    await expect(readMovie(failing)).rejects.toThrow("R2 is away");
  });
});

test("no single number of the index, made absurd, does more than refuse or change the movie", async () => {
  const start = contentOf(clip, "moov");
  for (let at = start; at + 4 <= clip.length; at += 2) {
    for (const value of [0, 1, 0x7fff_ffff, most]) {
      const bytes = clip.slice();
      bytes.set(uint32(value), at);
      expectSound(await read(bytes), bytes.length);
    }
  }
});

/** Whatever was read, it leads to bytes of the file. */
function expectSound(movie: Outcome<Movie>, fileBytes: number): void {
  if (!movie.ok) return expect(movie.fault.kind).toBe("invalid_request");
  const { video, audio } = movie.value;
  const ends = [...video.samples, ...audio?.samples ?? []].map(({ offset, bytes }) => offset + bytes);
  expect(Math.max(...ends)).toBeLessThanOrEqual(fileBytes);
}
