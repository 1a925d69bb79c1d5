/** Indexes of MP4 that would keep their reader busy or fill its memory: without a bound each of them is read as told. */
import { describe, expect, test } from "vitest";
import { Allowance } from "../../src/video/allowance.ts";
import { checkReads } from "../../src/video/check-reads.ts";
import { readVideoFacts } from "../../src/video/facts.ts";
import { ascii, box, concatenated, fullBox, uint32, uint64, zeros } from "../../src/video/mp4/box-writer.ts";
import { checkIndex } from "../../src/video/mp4/check-index.ts";
import { mp4 } from "../support/movies.ts";
import { edited, most, sourceOf, times, toTables, withBoxes, withFragment } from "./hostile-movies.ts";

const refused = { ok: false, code: "reference_unusable" };

/** Samples of one byte and one tick, none of which has a description of its own. */
const plainSamples = fullBox("tfhd", 0, 0x38, uint32(1, 1, 1, 0));

/** A reader that does as it is told unfolds 3 million samples, of a file of 2 kB. */
const tables = [fullBox("stts", 0, 0, uint32(1, 3_000_000, 1)), fullBox("ctts", 0, 0, uint32(1, 1, 1))];

/** With a length of 64 bits. */
function largeBox(type: string, content: Uint8Array): Uint8Array {
  return concatenated([uint32(1), ascii(type), uint64(16 + content.length), content]);
}

describe("an index is refused with", () => {
  test.each([
    ["runs of millions of samples", () => withBoxes(toTables, ...tables)],
    ["tables in a box where none belong", () => withBoxes(toTables, box("dinf", box("schi", ...tables)))],
    ["tables in a box with a length of 64 bits", () => withBoxes(toTables, largeBox("dinf", concatenated(tables)))],
    [
      "sizes that are in the boxes behind",
      () => withBoxes(toTables, times(300, () => fullBox("stsz", 0, 0, uint32(0, 24_000))), box("free", zeros(96_000))),
    ],
    ["sizes of no bits", () => withBoxes(toTables, fullBox("stz2", 0, 0, uint32(0, 400), zeros(200)))],
    [
      "edits that are in the boxes behind",
      () => withBoxes(["moov", "trak"], box("edts", fullBox("elst", 0, 0, uint32(9)), box("free", zeros(200)))),
    ],
    [
      "keys that have no length",
      () => withBoxes(["moov"], box("udta", box("meta", uint32(0), fullBox("keys", 0, 0, uint32(99_999), zeros(64))))),
    ],
    ["more keys than fit", () => withBoxes(["moov"], box("meta", fullBox("keys", 0, 0, uint32(most), zeros(64))))],
    ["hundreds of tracks", () => withBoxes(["moov"], times(100, () => box("trak")))],
    ["a hundred thousand boxes", () => withBoxes(["moov"], box("udta", times(100_000, () => box("abcd"))))],
    [
      "a sample table in a description",
      () => withTables(["stsd"], (content) => concatenated([content, box("stbl", ...tables)])),
    ],
    ["more descriptions than there are", () => withTables(["stsd"], (content) => withNumber(content, 4, most))],
    [
      "runs of fragments that claim the file's bytes each",
      () => withFragment(() => box("traf", plainSamples, times(1_500, () => fullBox("trun", 0, 0, uint32(9_000))))),
    ],
    ["a track that is sorted again and again", () =>
      withFragment(() =>
        concatenated([
          box("traf", plainSamples, fullBox("trun", 0, 0, uint32(2_000))),
          times(3_000, () => box("traf", plainSamples)),
        ])
      )],
    [
      "keys of protected samples",
      () => withFragment((content) => concatenated([content, box("traf", box("senc", zeros(8)))])),
    ],
  ])("%s", async (_, make) => {
    expect(await readVideoFacts(sourceOf(await make()))).toMatchObject(refused);
  });
});

async function withTables(inside: readonly string[], edit: (content: Uint8Array) => Uint8Array): Promise<Uint8Array> {
  return edited(await mp4(), [...toTables, ...inside], edit);
}

function withNumber(content: Uint8Array, place: number, value: number): Uint8Array {
  const changed = content.slice();
  changed.set(uint32(value), place);
  return changed;
}

describe("what an index asks for is counted", () => {
  const check = (...boxes: readonly Uint8Array[]) => {
    const index = concatenated(boxes);
    checkIndex(index, { fileBytes: 100_000_000, allowance: new Allowance() });
  };
  const runs = (type: string, count: number) => fullBox(type, 0, 0, uint32(count), zeros(8 * count));
  const access = (count: number) => box("tfra", uint32(0, 1, 0, count), zeros(11 * count));

  test.each([
    ["places of fragments, which are compared with each other", "cues", () => check(access(20_000), access(20_000))],
    [
      "runs, over all tracks",
      "runs",
      () => check(...Array.from({ length: 7 }, () => box("trak", runs("stts", 99_999)))),
    ],
    [
      "samples of one run, with a delay for one of them",
      "unfolded",
      () => check(box("trak", fullBox("stts", 0, 0, uint32(1, 300_001, 1)), fullBox("ctts", 0, 0, uint32(1, 1, 1)))),
    ],
    ["delays of more samples than there are", "unfolded", () => check(fullBox("ctts", 0, 0, uint32(1, 300_001, 1)))],
    ["sizes of half a byte", "numbers", () => check(fullBox("stz2", 0, 0, uint32(4, 1_600_000), zeros(800_000)))],
  ])("%s", (_, expense, work) => {
    expect(work).toThrow(`more ${expense} than any real one`);
  });

  test("boxes in boxes in boxes", () => {
    let index: Uint8Array = box("minf");
    for (let depth = 0; depth < 20; depth++) index = box("minf", index);
    expect(() => check(index)).toThrow("too deep");
  });

  test("and what a long video of a phone asks for is granted", () => {
    // 83 minutes at 60 a second, each picture with a duration and a delay of its own, and seven hours of sound.
    const pictures = 299_000;
    const ones = times(pictures, () => uint32(1, 0));
    const timesOf = (type: string) => fullBox(type, 0, 0, uint32(pictures), ones);
    const sizes = (count: number) => fullBox("stsz", 0, 0, uint32(0, count), zeros(4 * count));
    check(box("trak", timesOf("stts"), timesOf("ctts"), sizes(pictures)), box("trak", sizes(1_180_000)));
  });
});

test("an index is looked at though the reads around it are longer than it", async () => {
  const file = await withBoxes(toTables, ...tables);
  const header = file.findIndex((_, at) => String.fromCharCode(...file.subarray(at + 4, at + 8)) === "moov");
  const source = checkReads(sourceOf(file));
  await source.read(5, header + 16);
  await expect(source.read(header + 1, file.length)).rejects.toThrow(RangeError);
});

/** The whole file fits into what is read at once. */
const readsMaximum = 10;

async function readsOf(file: Uint8Array): Promise<number> {
  let reads = 0;
  const source = sourceOf(file);
  const inspection = await readVideoFacts({ ...source, read: (start, end) => (reads++, source.read(start, end)) });
  return inspection.ok || inspection.code === "reference_unusable" ? reads : Infinity;
}

test("no single number of a movie, made absurd, keeps us busy", { timeout: 30_000 }, async () => {
  for (const file of [await mp4({ seconds: 0.5 }), await mp4({ seconds: 0.5 }, "fragments")]) {
    for (let at = 0; at + 4 <= file.length; at += 3) {
      for (const value of [0, 0x00ff_ffff, most]) {
        expect(await readsOf(withNumber(file, at, value)), `${value} at ${at}`).toBeLessThan(readsMaximum);
      }
    }
  }
});
