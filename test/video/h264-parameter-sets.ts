/** Parameter sets written bit by bit, apart from the code under test: a field is a piece of a string of 0 and 1. */

export interface SpsFields {
  readonly profile: number;
  /** Only for the profiles that have it. `scalingLists`: one entry a list, null is "not present". */
  readonly chroma: {
    readonly format: 0 | 1 | 2 | 3;
    readonly separatePlanes: boolean;
    readonly scalingLists: readonly (readonly number[] | null)[] | null;
  } | null;
  readonly pictureOrder:
    | { readonly type: 0; readonly log2Lsb: number }
    | { readonly type: 1; readonly offsets: readonly number[] }
    | { readonly type: 2 };
  readonly referenceFrames: number;
  readonly widthMacroblocks: number;
  readonly heightMapUnits: number;
  readonly isProgressive: boolean;
  /** Left, right, top, bottom, in crop units. */
  readonly cropping: readonly [number, number, number, number] | null;
  /** The bits from `vui_parameters_present_flag` to before the stop bit. */
  readonly vui: string;
}

/** A portrait picture of 720 × 1280 in High profile without a VUI. */
export const standing: SpsFields = {
  profile: 100,
  chroma: { format: 1, separatePlanes: false, scalingLists: null },
  pictureOrder: { type: 0, log2Lsb: 6 },
  referenceFrames: 4,
  widthMacroblocks: 45,
  heightMapUnits: 80,
  isProgressive: true,
  cropping: null,
  vui: "0",
};

/** The NAL unit of an SPS, with header and emulation prevention. ITU-T H.264 §7.3.2.1.1. */
export function sps(changes: Partial<SpsFields> = {}): Uint8Array {
  const fields = { ...standing, ...changes };
  const bits = [
    fixed(0x67, 8), // NAL unit header: reference, type 7
    fixed(fields.profile, 8),
    fixed(0, 8),
    fixed(31, 8), // level_idc
    unsigned(0), // seq_parameter_set_id
    chromaBits(fields.chroma),
    unsigned(0), // log2_max_frame_num_minus4
    pictureOrderBits(fields.pictureOrder),
    unsigned(fields.referenceFrames),
    "0", // gaps_in_frame_num_value_allowed_flag
    unsigned(fields.widthMacroblocks - 1),
    unsigned(fields.heightMapUnits - 1),
    fields.isProgressive ? "1" : "00", // frame_mbs_only_flag, mb_adaptive_frame_field_flag
    "1", // direct_8x8_inference_flag
    fields.cropping ? "1" + fields.cropping.map(unsigned).join("") : "0",
    fields.vui,
  ];
  return escaped(toBytes(bits.join("") + "1"));
}

function chromaBits(chroma: SpsFields["chroma"]): string {
  if (!chroma) return "";
  const planes = chroma.format === 3 ? flag(chroma.separatePlanes) : "";
  const lists = chroma.scalingLists;
  const matrix = lists ? "1" + lists.map((list) => list ? "1" + list.map(signed).join("") : "0").join("") : "0";
  return unsigned(chroma.format) + planes + unsigned(0) + unsigned(0) + "0" + matrix;
}

function pictureOrderBits(order: SpsFields["pictureOrder"]): string {
  if (order.type === 0) return unsigned(0) + unsigned(order.log2Lsb - 4);
  if (order.type === 2) return unsigned(2);
  const { offsets } = order;
  return unsigned(1) + "0" + signed(-7) + signed(3) + unsigned(offsets.length) + offsets.map(signed).join("");
}

function flag(value: boolean): string {
  return value ? "1" : "0";
}

function fixed(value: number, count: number): string {
  return value.toString(2).padStart(count, "0");
}

/** Exp-Golomb, `ue(v)`. */
export function unsigned(value: number): string {
  const code = (value + 1).toString(2);
  return "0".repeat(code.length - 1) + code;
}

/** Exp-Golomb, `se(v)`. */
export function signed(value: number): string {
  return unsigned(value > 0 ? 2 * value - 1 : -2 * value);
}

function toBytes(bits: string): number[] {
  return (bits.match(/.{1,8}/g) ?? []).map((byte) => parseInt(byte.padEnd(8, "0"), 2));
}

/** Emulation prevention on the bytes as hexadecimal text. */
function escaped(bytes: readonly number[]): Uint8Array {
  const text = bytes.map((byte) => ` ${byte.toString(16).padStart(2, "0")}`).join("");
  const safe = text.replace(/ 00 00(?= 0[0-3])/g, " 00 00 03");
  return Uint8Array.from(safe.trim().split(" "), (byte) => parseInt(byte, 16));
}
