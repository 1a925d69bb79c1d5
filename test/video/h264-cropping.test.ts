/** The cropping window of an SPS is found and changed, and nothing else of it. */
import { expect, test } from "vitest";
import { withCropping } from "../../src/video/h264/crop-sequence-parameter-set.ts";
import { DamagedVideo } from "../../src/video/h264/damaged-video.ts";
import { parseSequenceParameterSet } from "../../src/video/h264/sequence-parameter-set.ts";
import { sps, type SpsFields, unsigned } from "./h264-parameter-sets.ts";

type Window = readonly [number, number, number, number];

/** As ffprobe's `trace_headers` shows it of a clip of x264: timing and bitstream restriction. */
const clipVui = "1" + "0000" + "1" + (1).toString(2).padStart(32, "0") + (48).toString(2).padStart(32, "0") + "0" +
  "000" + "1" + "111" + unsigned(11) + unsigned(11) + unsigned(2) + unsigned(4);

const flat16 = [8, ...Array<number>(15).fill(0)];
/** Ends early: the sixth difference leads to the scale 0. */
const short64 = [1, 1, 1, 1, 1, -13];

const shapes: [string, Partial<SpsFields>][] = [
  ["of High profile without a VUI", {}],
  ["with the VUI of a clip", { vui: clipVui }],
  ["of Baseline profile, which has no chroma format", { profile: 66, chroma: null }],
  ["that is cropped from 1088 columns to 1080", { widthMacroblocks: 68, heightMapUnits: 120, cropping: [0, 4, 0, 0] }],
  ["that is cropped on every side", { cropping: [1, 2, 3, 4], vui: clipVui }],
  ["with picture order type 1", { pictureOrder: { type: 1, offsets: [5, -3, 0, 900] }, vui: clipVui }],
  ["with picture order type 1 and no offsets", { pictureOrder: { type: 1, offsets: [] } }],
  ["with picture order type 2", { pictureOrder: { type: 2 } }],
  ["of an interlaced video", { isProgressive: false, heightMapUnits: 40 }],
  ["with eight scaling lists", {
    chroma: { format: 1, separatePlanes: false, scalingLists: [flat16, null, flat16, null, null, null, short64, null] },
  }],
  ["with twelve scaling lists and full chroma", {
    profile: 244,
    chroma: {
      format: 3,
      separatePlanes: true,
      scalingLists: [...Array<null>(6).fill(null), ...Array(6).fill(short64)],
    },
    vui: clipVui,
  }],
];

test.each(shapes)("an SPS %s gets the new window and is otherwise the same to the bit", (_, fields) => {
  const window: Window = [1, 5, 140, 139];
  expect(crop(sps(fields), window)).toEqual(sps({ ...fields, cropping: window }));
});

test("a window is found again as it was written", () => {
  for (const [, fields] of shapes) {
    const cropped = crop(sps({ ...fields, cropping: null }), [2, 3, 70, 71]);
    expect(parseSequenceParameterSet(cropped).cropping).toEqual({ left: 2, right: 3, top: 70, bottom: 71 });
  }
});

test.each<[string, Partial<SpsFields>, { width: number; height: number }]>([
  ["4:2:0", {}, { width: 2, height: 2 }],
  ["4:2:0 interlaced", { isProgressive: false, heightMapUnits: 40 }, { width: 2, height: 4 }],
  ["4:2:2", { profile: 122, chroma: chroma(2) }, { width: 2, height: 1 }],
  ["4:4:4", { profile: 244, chroma: chroma(3) }, { width: 1, height: 1 }],
  ["grey", { chroma: chroma(0) }, { width: 1, height: 1 }],
  ["grey interlaced", { chroma: chroma(0), isProgressive: false, heightMapUnits: 40 }, { width: 1, height: 2 }],
])("one unit of cropping in %s depends on its chroma and its fields", (_, fields, cropUnit) => {
  const parsed = parseSequenceParameterSet(sps({ ...fields, cropping: [1, 2, 3, 4] }));
  expect(parsed).toMatchObject({
    cropUnit,
    width: 720 - 3 * cropUnit.width,
    height: 1280 - 7 * cropUnit.height,
  });
});

/** Zeros that fill two bytes and begin a third only where they are shifted by six bits. */
const zerosVui = "111" + "0".repeat(25) + "1".repeat(6);

test("bytes that look like a start code after the change are kept apart", () => {
  const plain = sps({ vui: zerosVui });
  expect(hex(plain)).not.toContain("00 00 03");
  const cropped = crop(plain, [0, 0, 1, 0]);
  expect(hex(cropped)).toContain("00 00 03 00");
  expect(cropped).toEqual(sps({ vui: zerosVui, cropping: [0, 0, 1, 0] }));
});

test("bytes that no longer look like a start code lose their mark", () => {
  const cropped = crop(sps({ vui: zerosVui, cropping: [0, 0, 1, 0] }), [0, 0, 1, 1]);
  expect(hex(cropped)).not.toContain("00 00 03");
  expect(cropped).toEqual(sps({ vui: zerosVui, cropping: [0, 0, 1, 1] }));
});

test("any SPS, any window: only the window changes", () => {
  const random = randomNumbers(20_260_919);
  for (let round = 0; round < 2_000; round++) {
    const fields = randomFields(random);
    const window: Window = [random(8), random(8), random(200), random(200)];
    expect(crop(sps(fields), window)).toEqual(sps({ ...fields, cropping: window }));
  }
});

test("an SPS that is cut anywhere before its end is refused", () => {
  const whole = sps({ vui: clipVui });
  const croppingEndsInByte = 10;
  for (let length = 0; length < croppingEndsInByte; length++) {
    expect(() => parseSequenceParameterSet(whole.subarray(0, length))).toThrow(DamagedVideo);
  }
});

test.each<[string, Uint8Array]>([
  ["another NAL unit", Uint8Array.of(0x68, 0xea, 0xec, 0xb2)],
  ["an unknown picture order", sps({ vui: "0" }).with(5, 0xac).with(6, 0x00)],
  ["an impossible width", sps({ widthMacroblocks: 1_056 })],
  ["cropping that leaves nothing", sps({ cropping: [0, 0, 320, 320] })],
  ["a number of endless zeros", Uint8Array.of(0x67, 100, 0, 31, 0, 1, 0, 1, 0, 1, 0, 1)],
])("%s is refused", (_, nalUnit) => {
  expect(() => parseSequenceParameterSet(nalUnit)).toThrow(DamagedVideo);
});

function crop(nalUnit: Uint8Array, [left, right, top, bottom]: Window): Uint8Array {
  return withCropping(nalUnit, parseSequenceParameterSet(nalUnit), { left, right, top, bottom });
}

function chroma(format: 0 | 1 | 2 | 3): SpsFields["chroma"] {
  return { format, separatePlanes: false, scalingLists: null };
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
}

function randomFields(random: (below: number) => number): SpsFields {
  const isHigh = random(4) > 0;
  const orders: SpsFields["pictureOrder"][] = [
    { type: 0, log2Lsb: 4 + random(12) },
    { type: 1, offsets: Array.from({ length: random(6) }, () => random(4_000) - 2_000) },
    { type: 2 },
  ];
  return {
    profile: isHigh ? 100 : 77,
    chroma: isHigh ? chroma(1) : null,
    pictureOrder: orders[random(orders.length)] ?? { type: 2 },
    referenceFrames: random(17),
    widthMacroblocks: 10 + random(200),
    heightMapUnits: 60 + random(200),
    isProgressive: random(5) > 0,
    cropping: random(2) > 0 ? [random(4), random(4), random(9), random(9)] : null,
    // Mostly zeros, so that start codes come and go.
    vui: "1" + Array.from({ length: random(120) }, () => random(16) > 0 ? "0" : "1").join(""),
  };
}

/** Whole numbers below a bound, the same in every run (a linear congruential generator). */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor(state / 2 ** 31 * below);
  };
}
