/**
 * What a sequence parameter set (SPS) says of the size of the picture, read up to its cropping window. What follows, the
 * VUI, is not looked at. ITU-T H.264 §7.3.2.1.1 and §7.4.2.1.1.
 */
import { BitReader } from "./bit-reader.ts";
import { DamagedVideo } from "./damaged-video.ts";
import { withoutEmulationPrevention } from "./emulation-prevention.ts";
import { nalUnitType, nalUnitTypeOf } from "./nal-unit.ts";
import { skipScalingMatrix } from "./scaling-matrix.ts";

/** What is cut off at each side, in crop units. */
export interface Cropping {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface SequenceParameterSet {
  /** The picture as it is shown, after the cropping that is there. Luma samples. */
  readonly width: number;
  readonly height: number;
  readonly cropping: Cropping;
  /** What one step of the cropping is: CropUnitX and CropUnitY. Luma samples. */
  readonly cropUnit: { readonly width: number; readonly height: number };
  /**
   * Where the cropping stands, in bits from the start of the NAL unit without emulation prevention: from
   * `frame_cropping_flag` to before `vui_parameters_present_flag`.
   */
  readonly croppingBits: { readonly start: number; readonly end: number };
}

/** The profiles that tell their chroma format; the older ones are all 4:2:0. ITU-T H.264 §7.3.2.1.1. */
const profilesWithChromaFormat = new Set([100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135]);

const macroblockSamples = 16;

/** No level allows a side of more macroblocks: √(8 · 139,264). ITU-T H.264 §A.3.1 and table A-1, level 6.2. */
const sideMacroblocksMaximum = 1_055;

/** Luma samples to a chroma sample, across and down, by chroma_format_idc (4:0:0 is cut as if it had none). Table 6-1. */
const chromaSubsampling = [
  { width: 1, height: 1 },
  { width: 2, height: 2 },
  { width: 2, height: 1 },
  { width: 1, height: 1 },
] as const;

const chromaFormat420 = 1;

/**
 * Reads an SPS.
 *
 * @param nalUnit the whole NAL unit, with its header byte and its emulation prevention bytes
 * @throws DamagedVideo when it is none, ends early or has impossible values
 */
export function parseSequenceParameterSet(nalUnit: Uint8Array): SequenceParameterSet {
  if (nalUnitTypeOf(nalUnit) !== nalUnitType.sequenceParameterSet) {
    throw new DamagedVideo("a sequence parameter set of the video is of another kind");
  }
  const reader = new BitReader(withoutEmulationPrevention(nalUnit));
  reader.bits(8); // The header of the NAL unit.
  const chroma = skipToChroma(reader);
  skipToSize(reader);
  const widthMacroblocks = readSide(reader);
  const heightMapUnits = readSide(reader);
  const isProgressive = reader.flag(); // frame_mbs_only_flag
  if (!isProgressive) reader.bit(); // mb_adaptive_frame_field_flag
  reader.bit(); // direct_8x8_inference_flag
  const start = reader.position;
  const cropping = readCropping(reader);
  const end = reader.position;
  reader.bit(); // vui_parameters_present_flag, read so that an SPS that ends here is found out
  const fieldFactor = isProgressive ? 1 : 2;
  const cropUnit = { width: chroma.width, height: chroma.height * fieldFactor };
  const width = widthMacroblocks * macroblockSamples - cropUnit.width * (cropping.left + cropping.right);
  const height = heightMapUnits * fieldFactor * macroblockSamples - cropUnit.height * (cropping.top + cropping.bottom);
  if (width <= 0 || height <= 0) throw new DamagedVideo("the cropping of the video leaves nothing of the picture");
  return { width, height, cropping, cropUnit, croppingBits: { start, end } };
}

/** Reads up to the scaling matrix. @returns how the chroma planes are subsampled */
function skipToChroma(reader: BitReader): { readonly width: number; readonly height: number } {
  const profile = reader.bits(8);
  reader.bits(16); // constraint flags and level_idc
  reader.unsigned(); // seq_parameter_set_id
  if (!profilesWithChromaFormat.has(profile)) return chromaSubsampling[chromaFormat420];
  const format = reader.unsigned(); // chroma_format_idc
  const subsampling = chromaSubsampling[format];
  if (!subsampling) throw new DamagedVideo("the video has an unknown chroma format");
  const isFullChroma = format === 3;
  if (isFullChroma) reader.bit(); // separate_colour_plane_flag: the unit is one sample either way
  reader.unsigned(); // bit_depth_luma_minus8
  reader.unsigned(); // bit_depth_chroma_minus8
  reader.bit(); // qpprime_y_zero_transform_bypass_flag
  if (reader.flag()) skipScalingMatrix(reader, isFullChroma);
  return subsampling;
}

function skipToSize(reader: BitReader): void {
  reader.unsigned(); // log2_max_frame_num_minus4
  skipPictureOrderCount(reader);
  reader.unsigned(); // max_num_ref_frames
  reader.bit(); // gaps_in_frame_num_value_allowed_flag
}

function skipPictureOrderCount(reader: BitReader): void {
  const type = reader.unsigned(); // pic_order_cnt_type
  if (type > 2) throw new DamagedVideo("the video orders its pictures in an unknown way");
  if (type === 0) reader.unsigned(); // log2_max_pic_order_cnt_lsb_minus4
  if (type !== 1) return;
  reader.bit(); // delta_pic_order_always_zero_flag
  reader.signed(); // offset_for_non_ref_pic
  reader.signed(); // offset_for_top_to_bottom_field
  // num_ref_frames_in_pic_order_cnt_cycle; a false one ends with the bytes.
  for (let offsets = reader.unsigned(); offsets > 0; offsets--) reader.signed(); // offset_for_ref_frame
}

/** pic_width_in_mbs_minus1 or pic_height_in_map_units_minus1. */
function readSide(reader: BitReader): number {
  const side = reader.unsigned() + 1;
  if (side > sideMacroblocksMaximum) throw new DamagedVideo("the video claims an impossible size");
  return side;
}

function readCropping(reader: BitReader): Cropping {
  if (!reader.flag()) return { left: 0, right: 0, top: 0, bottom: 0 };
  const left = reader.unsigned();
  const right = reader.unsigned();
  const top = reader.unsigned();
  const bottom = reader.unsigned();
  return { left, right, top, bottom };
}
