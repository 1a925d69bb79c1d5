/** WebMs that would keep their reader busy or fill its memory: without a bound each of them is read as told. */
import { describe, expect, test } from "vitest";
import { readVideoFacts } from "../../src/video/facts.ts";
import { ascii, concatenated, uint32, zeros } from "../../src/video/mp4/box-writer.ts";
import { elementsOf, readElementHeader } from "../../src/video/webm/elements.ts";
import { webm } from "../support/movies.ts";
import { element, sourceOf, times, withElements } from "./hostile-movies.ts";

const byte = (value: number) => Uint8Array.of(value);
const startsAtZero = element(0xe7, byte(0));
const cuePoint = element(
  0xbb,
  element(0xb3, byte(0)),
  element(0xb7, element(0xf7, byte(1)), element(0xf1, byte(0))),
);
const seekHead = uint32(0x114d9b74);
/** A track, a time, flags, and what is in it. */
const block = (flags: number, ...content: readonly number[]) =>
  Uint8Array.of(0xa3, 0x84 + content.length, 0x81, 0, 0, flags, ...content);

const cluster = (...blocks: readonly Uint8Array[]) => element(0x1f43b675, startsAtZero, ...blocks);
/** As live recorders write it. */
const endless = (content: Uint8Array) => concatenated([uint32(0x1f43b675), byte(0xff), content]);

describe("a WebM is refused with", () => {
  test.each([
    // Its digits are multiplied one by one: 20 s and more.
    [
      "a number of 600,000 digits",
      () => withElements(element(0x1941a469, element(0x61a7, element(0x46ae, zeros(600_000).fill(255))))),
    ],
    ["cues that are all at the same time", () => withElements(element(0x1c53bb6b, times(30_001, () => cuePoint)))],
    ["cues in several parts", () => {
      const part = element(0x1c53bb6b, times(16_000, () => cuePoint));
      return withElements(part, part);
    }],
    [
      "tables of contents of tables of contents",
      () =>
        withElements(element(
          0x114d9b74,
          times(1_001, (index) => element(0x4dbb, element(0x53ab, seekHead), element(0x53ac, uint32(index + 1)))),
        )),
    ],
    [
      "thousands of tracks",
      () => withElements(element(0x1654ae6b, times(101, (index) => element(0xae, element(0xd7, uint32(index + 9)))))),
    ],
    [
      "a hundred thousand tags",
      () =>
        withElements(element(
          0x1254c367,
          times(40_000, (index) => element(0x7373, element(0x67c8, element(0x45a3, ascii(`${index}`))))),
        )),
    ],
    ["tags in tags in tags", () => {
      let tag = element(0x7373);
      for (let depth = 0; depth < 20; depth++) tag = element(0x7373, tag);
      return withElements(element(0x1254c367, tag));
    }],
    ["a cluster of empty blocks", () => withElements(cluster(times(20_001, () => block(0x80))))],
    ["a cluster of blocks of 256 frames", () => withElements(cluster(times(80, () => block(0x84, 255))))],
    [
      "such a cluster whose length is not known",
      () => withElements(endless(concatenated([startsAtZero, times(80, () => block(0x84, 255))]))),
    ],
    [
      "frames that each begin with the same kilobytes",
      () => withElements(element(0x1654ae6b, element(0xae, element(0x6d80, element(0x6240))))),
    ],
    ["the same, directly in the track", () => withElements(element(0x1654ae6b, element(0xae, element(0x6240))))],
  ])("%s", async (_, make) => {
    expect(await readVideoFacts(sourceOf(await make()))).toMatchObject({ ok: false, code: "reference_unusable" });
  });
});

test("what a WebM may have beside the video is no harm", async () => {
  const file = await withElements(
    element(0x1254c367, element(0x7373, element(0x67c8, element(0x45a3, ascii("TITLE")), element(0x4487, ascii("A"))))),
    element(0x1c53bb6b, times(1_000, () => cuePoint)),
    cluster(times(5_000, () => block(0x80))),
  );
  expect(await readVideoFacts(sourceOf(file))).toMatchObject({ ok: true, facts: { width: 64, height: 36 } });
});

/** The whole file fits into what is read at once. */
const readsMaximum = 10;

async function readsOf(file: Uint8Array): Promise<number> {
  let reads = 0;
  const source = sourceOf(file);
  const inspection = await readVideoFacts({ ...source, read: (start, end) => (reads++, source.read(start, end)) });
  return inspection.ok || inspection.code === "reference_unusable" ? reads : Infinity;
}

test("no single number of a WebM, made absurd, keeps us busy", { timeout: 30_000 }, async () => {
  for (const file of [await webm({ seconds: 0.5 }), await webm({ seconds: 0.5 }, true)]) {
    for (let at = 0; at + 4 <= file.length; at += 3) {
      for (const value of [0, 0x00ff_ffff, 0x1fff_ffff, 0xffff_ffff]) {
        const changed = file.slice();
        changed.set(uint32(value), at);
        expect(await readsOf(changed), `${value} at ${at}`).toBeLessThan(readsMaximum);
      }
    }
  }
});

describe("an element", () => {
  test.each([
    ["with a length of one byte", [0xec, 0x83], { id: 0xec, length: 3, bytes: 2 }],
    ["with a length of eight bytes", [0xec, 0x01, 0, 0, 0, 0, 0, 0, 5], { id: 0xec, length: 5, bytes: 9 }],
    ["of unknown length", [0xec, 0xff], { id: 0xec, length: null, bytes: 2 }],
    ["of unknown length in eight bytes", [0xec, 1, ...Array<number>(7).fill(255)], {
      id: 0xec,
      length: null,
      bytes: 9,
    }],
    // mediabunny takes it for a number, so what follows is beside it and not in it.
    ["with all ones in two bytes", [0xec, 0x7f, 0xff], { id: 0xec, length: 0x3fff, bytes: 3 }],
    ["that is cut", [0x1a, 0x45], null],
    ["that is none", [0, 0x81], null],
  ])("%s", (_, bytes, header) => {
    expect(readElementHeader(Uint8Array.from(bytes))).toEqual(header);
  });

  test("is followed by the next, and one that is longer than there is, is the last", () => {
    const elements = [...elementsOf(Uint8Array.of(0xec, 0x81, 7, 0xbf, 0x88, 9))];
    expect(elements).toEqual([{ id: 0xec, content: Uint8Array.of(7) }, { id: 0xbf, content: Uint8Array.of(9) }]);
  });
});
