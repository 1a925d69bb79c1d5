/** What a decoder must know before the first sample: the content of the `avcC` box. ISO/IEC 14496-15 §5.3.3.1. */
import { BoxReader } from "../mp4/box-reader.ts";
import { concatenated, uint16 } from "../mp4/box-writer.ts";
import { DamagedVideo } from "./damaged-video.ts";

export interface DecoderConfiguration {
  /** Version, profile, level, how long lengths are, and how many SPS follow. */
  readonly head: Uint8Array;
  /** Whole NAL units. */
  readonly sequenceParameterSets: readonly Uint8Array[];
  /** The picture parameter sets, and what a High profile may add after them. */
  readonly tail: Uint8Array;
}

const headBytes = 6;
const knownVersion = 1;
const spsCountMask = 0x1f;
const parameterSetBytesMaximum = 0xffff;

/** @throws {DamagedVideo | DamagedIndexError} when it ends early or is of another version */
export function parseDecoderConfiguration(content: Uint8Array): DecoderConfiguration {
  const reader = new BoxReader(content);
  const head = reader.take(headBytes);
  const [version, , , , , spsCount = 0] = head;
  if (version !== knownVersion) throw new DamagedVideo("the decoder configuration of the video is of another version");
  const sequenceParameterSets = readNalUnits(reader, spsCount & spsCountMask);
  const tail = content.subarray(content.length - reader.remaining);
  // The picture parameter sets are kept as they are; reading them finds out a box that was cut.
  readNalUnits(reader, reader.uint8());
  return { head, sequenceParameterSets, tail };
}

/**
 * The reverse.
 *
 * @param configuration with as many SPS as were read
 * @throws DamagedVideo when one is too long for its length field
 */
export function writeDecoderConfiguration(configuration: DecoderConfiguration): Uint8Array {
  const { head, sequenceParameterSets, tail } = configuration;
  const written = sequenceParameterSets.flatMap((nalUnit) => {
    if (nalUnit.length > parameterSetBytesMaximum) throw new DamagedVideo("a parameter set of the video is too long");
    return [uint16(nalUnit.length), nalUnit];
  });
  return concatenated([head, ...written, tail]);
}

/** How many bytes the length before each NAL unit of a sample has, `lengthSizeMinusOne` + 1. */
export function lengthBytesOf({ head }: DecoderConfiguration): number {
  return ((head[4] ?? 0) & 0x03) + 1;
}

function readNalUnits(reader: BoxReader, count: number): Uint8Array[] {
  return Array.from({ length: count }, () => reader.take(reader.uint16()));
}
