/** The sample entry of a portrait video becomes that of its middle square, or it is said why not. */
import { expect, test } from "vitest";
import { cropToSquare } from "../../src/video/finish/square.ts";
import { sps, type SpsFields } from "./h264-parameter-sets.ts";
import { box, decoderConfiguration, highProfileTail, sampleEntry, uint32 } from "./square-sample-entry.ts";

const colour = box("colr", [0x6e, 0x63, 0x6c, 0x78, 0, 1, 0, 1, 0, 1, 0]);
const bitRate = box("btrt", [...uint32(0), ...uint32(900_000), ...uint32(800_000)]);
const squarePixels = box("pasp", [...uint32(1), ...uint32(1)]);

const fullHd: Partial<SpsFields> = { widthMacroblocks: 68, heightMapUnits: 120, cropping: [0, 4, 0, 0] };

test("of 720 × 1280, 280 rows go above and 280 below", () => {
  const entry = standing({}, { width: 720, height: 1280 });
  expect(cropToSquare(entry)).toEqual({
    ok: true,
    width: 720,
    height: 720,
    lengthBytes: 4,
    sampleEntry: standing({ cropping: [0, 0, 140, 140] }, { width: 720, height: 720 }),
  });
});

test("of 1080 × 1920, 420 rows go above and 420 below, and the 8 columns that were cut stay cut", () => {
  const entry = standing(fullHd, { width: 1080, height: 1920 });
  expect(cropToSquare(entry)).toEqual({
    ok: true,
    width: 1080,
    height: 1080,
    lengthBytes: 4,
    sampleEntry: standing({ ...fullHd, cropping: [0, 4, 210, 210] }, { width: 1080, height: 1080 }),
  });
});

test("rows that were already cut unevenly are kept and added to", () => {
  const coded = { ...fullHd, heightMapUnits: 121, cropping: [0, 4, 3, 5] } as const;
  const cropped = cropToSquare(standing(coded, { width: 1080, height: 1920 }));
  const expected = standing({ ...coded, cropping: [0, 4, 213, 215] }, { width: 1080, height: 1080 });
  expect(cropped).toMatchObject({ ok: true, sampleEntry: expected });
});

test("every SPS is changed, and what stands after the PPS is kept, be it nothing", () => {
  for (const tail of [highProfileTail, []]) {
    const before = [sps(), sps({ referenceFrames: 2 })];
    const after = [sps({ cropping: [0, 0, 140, 140] }), sps({ referenceFrames: 2, cropping: [0, 0, 140, 140] })];
    const entry = (sets: Uint8Array[], height: number) =>
      sampleEntry({ width: 720, height, boxes: [box("avcC", decoderConfiguration(sets, tail))] });
    expect(cropToSquare(entry(before, 1280))).toMatchObject({ ok: true, sampleEntry: entry(after, 720) });
  }
});

test("the entry can be a part of a larger buffer, which is left alone", () => {
  const entry = standing({}, { width: 720, height: 1280 });
  const file = new Uint8Array(entry.length + 40).fill(0xaa);
  file.set(entry, 20);
  const before = file.slice();
  expect(cropToSquare(file.subarray(20, 20 + entry.length))).toEqual(cropToSquare(entry));
  expect(file).toEqual(before);
});

test.each<[string, Uint8Array, string]>([
  ["HEVC", described("hvc1", [box("hvcC", [1])]), "the video is not H.264"],
  ["avc3", described("avc3", []), "the video has its parameter sets among its samples"],
  ["no decoder configuration", described("avc1", []), "the video has not exactly one decoder configuration"],
  [
    "a clean aperture",
    described("avc1", [configurationBox({}), box("clap", Array<number>(32).fill(0))]),
    "the video is already cut by a clean aperture",
  ],
  [
    "wide pixels",
    described("avc1", [configurationBox({}), box("pasp", [...uint32(4), ...uint32(3)])]),
    "the pixels of the video are not square",
  ],
  [
    "a landscape picture",
    described("avc1", [configurationBox({ widthMacroblocks: 80, heightMapUnits: 45 })]),
    "a landscape video is not cut to a square exactly by every player",
  ],
  [
    "an odd number of rows above the square",
    described("avc1", [configurationBox({ cropping: [0, 0, 0, 1] })]),
    "the rows above and below the square cannot be cut evenly",
  ],
  [
    "fields of which whole pairs cannot be cut",
    described("avc1", [configurationBox({ isProgressive: false, heightMapUnits: 40, cropping: [0, 2, 0, 0] })]),
    "the rows above and below the square cannot be cut evenly",
  ],
  [
    "two sizes",
    described("avc1", [box("avcC", decoderConfiguration([sps(), sps({ widthMacroblocks: 44 })]))]),
    "the video has not exactly one picture size",
  ],
  [
    "no SPS",
    described("avc1", [box("avcC", decoderConfiguration([]))]),
    "the video has not exactly one picture size",
  ],
  [
    "a configuration of another version",
    described("avc1", [box("avcC", [2, ...decoderConfiguration([sps()]).slice(1)])]),
    "the decoder configuration of the video is of another version",
  ],
])("%s is refused", (_, entry, note) => {
  expect(cropToSquare(entry)).toEqual({ ok: false, note });
});

test("an entry that is cut before the end of its decoder configuration is refused, whatever its size says", () => {
  const entry = sampleEntry({ width: 1080, height: 1920, boxes: [configurationBox(fullHd)] });
  for (let length = 0; length < entry.length; length++) {
    const shortened = entry.slice(0, length);
    expect(cropToSquare(shortened).ok).toBe(false);
    if (length >= 8) new DataView(shortened.buffer).setUint32(0, length);
    expect(cropToSquare(shortened).ok).toBe(false);
  }
});

function standing(fields: Partial<SpsFields>, size: { width: number; height: number }): Uint8Array {
  return sampleEntry({ ...size, boxes: [configurationBox(fields), colour, squarePixels, bitRate] });
}

function described(type: string, boxes: readonly (readonly number[])[]): Uint8Array {
  return sampleEntry({ type, width: 720, height: 1280, boxes });
}

function configurationBox(fields: Partial<SpsFields>): number[] {
  return box("avcC", decoderConfiguration([sps(fields)]));
}
