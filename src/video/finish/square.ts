/**
 * The middle square of a portrait H.264 video, without touching a sample: the decoder decodes the whole picture and shows
 * the part inside the cropping window of its sequence parameter set (SPS). ITU-T H.264 §7.4.2.1.1.
 */
import { centredSquare } from "../h264/centred-square.ts";
import { withCropping } from "../h264/crop-sequence-parameter-set.ts";
import { DamagedVideo } from "../h264/damaged-video.ts";
import { lengthBytesOf, parseDecoderConfiguration, writeDecoderConfiguration } from "../h264/decoder-configuration.ts";
import { parseSequenceParameterSet } from "../h264/sequence-parameter-set.ts";
import { parseVisualSampleEntry, type VisualSampleEntry, writeVisualSampleEntry } from "../h264/visual-sample-entry.ts";
import { DamagedIndexError } from "../mp4/damaged-index.ts";

export type SquareCrop =
  | {
    readonly ok: true;
    /** The whole box, to stand in place of the one given; it can be some bytes longer. */
    readonly sampleEntry: Uint8Array;
    /** What is shown, for the `tkhd` box too. Pixels. */
    readonly width: number;
    readonly height: number;
    /** How many bytes the length before each NAL unit of a sample has. */
    readonly lengthBytes: number;
  }
  | { readonly ok: false; readonly note: string };

/**
 * Makes the sample entry of a portrait video that of its middle square: as many rows are cut above as below.
 *
 * Samples that bring an SPS of their own would undo it. Those of an `avc1` entry must not (ISO/IEC 14496-15 §5.3.3) and
 * Veo's do not; see `hasParameterSets` for a look at one.
 *
 * @param sampleEntry the `avc1` box of a `stsd` box, with its header of 8 bytes
 * @returns the changed box; or why it cannot be done, in our own words: not H.264, landscape, rows that
 *   cannot be cut evenly, damaged
 */
export function cropToSquare(sampleEntry: Uint8Array): SquareCrop {
  try {
    return crop(sampleEntry);
  } catch (error) {
    if (error instanceof DamagedVideo || error instanceof DamagedIndexError) return refuse(error.message);
    throw error;
  }
}

function crop(sampleEntry: Uint8Array): SquareCrop {
  const entry = parseVisualSampleEntry(sampleEntry);
  if (entry.type === "avc3") return refuse("the video has its parameter sets among its samples");
  if (entry.type !== "avc1") return refuse("the video is not H.264");
  const obstacle = obstacleAmong(entry.boxes);
  if (obstacle !== null) return refuse(obstacle);
  const [configurationBox, ...others] = entry.boxes.filter(({ type }) => type === "avcC");
  if (!configurationBox || others.length > 0) return refuse("the video has not exactly one decoder configuration");
  const square = cropConfiguration(configurationBox.content);
  if (!square.ok) return square;
  const boxes = entry.boxes.map((box) => box === configurationBox ? { ...box, content: square.content } : box);
  const { side, lengthBytes } = square;
  const written = writeVisualSampleEntry({ ...entry, width: side, height: side, boxes });
  return { ok: true, sampleEntry: written, width: side, height: side, lengthBytes };
}

/** What else decides on the shown part of a picture, so that a square of samples is no square on the screen. */
function obstacleAmong(boxes: VisualSampleEntry["boxes"]): string | null {
  if (boxes.some(({ type }) => type === "clap")) return "the video is already cut by a clean aperture";
  return boxes.some(({ type, content }) => type === "pasp" && !isSquare(content))
    ? "the pixels of the video are not square"
    : null;
}

/** `hSpacing` and `vSpacing` of a `pasp` box, 32 bits each. ISO/IEC 14496-12 §12.1.4.2. */
function isSquare(content: Uint8Array): boolean {
  const horizontal = content.subarray(0, 4);
  return horizontal.every((byte, index) => byte === content[4 + index]);
}

type CroppedConfiguration =
  | { readonly ok: true; readonly content: Uint8Array; readonly side: number; readonly lengthBytes: number }
  | { readonly ok: false; readonly note: string };

/** Crops every SPS; they must agree on the square, because the sample entry has one size. */
function cropConfiguration(content: Uint8Array): CroppedConfiguration {
  const configuration = parseDecoderConfiguration(content);
  const cropped: Uint8Array[] = [];
  const sides = new Set<number>();
  for (const nalUnit of configuration.sequenceParameterSets) {
    const parsed = parseSequenceParameterSet(nalUnit);
    const square = centredSquare(parsed);
    if (!square.ok) return square;
    cropped.push(withCropping(nalUnit, parsed, square.cropping));
    sides.add(square.side);
  }
  const [side, ...others] = sides;
  if (side === undefined || others.length > 0) return refuse("the video has not exactly one picture size");
  const written = writeDecoderConfiguration({ ...configuration, sequenceParameterSets: cropped });
  return { ok: true, content: written, side, lengthBytes: lengthBytesOf(configuration) };
}

function refuse(note: string): { readonly ok: false; readonly note: string } {
  return { ok: false, note };
}
