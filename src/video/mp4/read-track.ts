/** One track of the index (ISO/IEC 14496-12 §8.3 and on). */
import { type Box, boxesIn, BoxReader, findBox, requireBox } from "./box-reader.ts";
import { DamagedIndexError } from "./damaged-index.ts";
import type { Presentation, Sample, Track } from "./movie.ts";
import { readEdit } from "./read-edit.ts";
import { readOffsets, readSizes } from "./sample-places.ts";
import { readCompositionOffsets, readDurations, readSyncs } from "./sample-times.ts";

/** What kind of media the track has: `vide`, `soun`, or another. */
export function readHandler(track: Uint8Array): string {
  const handler = new BoxReader(requireBox(boxesIn(requireBox(boxesIn(track), "mdia")), "hdlr"));
  handler.version();
  handler.skip(4);
  return handler.type();
}

/**
 * @param content of `trak`
 * @param movieTimescale ticks a second
 * @param fileBytes of the whole file, in which all samples must lie
 * @throws {DamagedIndexError}
 */
export function readTrack(content: Uint8Array, movieTimescale: number, fileBytes: number): Track {
  const boxes = boxesIn(content);
  const media = boxesIn(requireBox(boxes, "mdia"));
  const table = boxesIn(requireBox(boxesIn(requireBox(media, "minf")), "stbl"));
  const edits = findBox(boxes, "edts");
  return {
    ...readMediaHeader(requireBox(media, "mdhd")),
    picture: readPresentation(requireBox(boxes, "tkhd")),
    edit: readEdit(edits && findBox(boxesIn(edits), "elst"), movieTimescale),
    sampleEntry: readSampleEntry(requireBox(table, "stsd")),
    rollDistance: readRollDistance(table),
    samples: readSamples(table, fileBytes),
  };
}

/** `mdhd` (§8.4.2): creation and modification time, timescale, duration, language. */
function readMediaHeader(content: Uint8Array): { timescale: number; language: number } {
  const reader = new BoxReader(content);
  const isWide = reader.version() === 1;
  reader.skip(isWide ? 16 : 8);
  const timescale = reader.uint32();
  if (timescale === 0) throw new DamagedIndexError("a track has no timescale");
  reader.skip(isWide ? 8 : 4);
  return { timescale, language: reader.uint16() };
}

/** Between the times of `tkhd` and its matrix: reserved bytes, layer, group, volume, reserved bytes. */
const bytesBeforeMatrix = 16;
const matrixBytes = 36;

/** `tkhd` (§8.3.2). */
function readPresentation(content: Uint8Array): Presentation {
  const reader = new BoxReader(content);
  reader.skip((reader.version() === 1 ? 32 : 20) + bytesBeforeMatrix);
  const matrix = reader.take(matrixBytes).slice();
  return { matrix, width: reader.uint32(), height: reader.uint32() };
}

function readSampleEntry(content: Uint8Array): Uint8Array {
  const reader = new BoxReader(content);
  reader.version();
  const count = reader.uint32();
  const [entry, ...others] = boxesIn(reader.take(reader.remaining));
  if (!entry || count !== 1 || others.length > 0) {
    throw new DamagedIndexError("a track has not exactly one sample description");
  }
  // Six reserved bytes, then which of the files in `dref` has the media; only this one is in our hands.
  if (new BoxReader(entry.content.subarray(6)).uint16() !== 1) {
    throw new DamagedIndexError("a track has its media in another file");
  }
  return entry.whole.slice();
}

/** The first description of the group `roll` in `sgpd` (§8.9.3, §10.1). */
function readRollDistance(table: readonly Box[]): number | null {
  for (const { type, content } of table) {
    if (type !== "sgpd") continue;
    const reader = new BoxReader(content);
    const version = reader.version();
    if (reader.type() !== "roll") continue;
    if (version >= 1) reader.skip(4);
    if (reader.uint32() > 0) return reader.int16();
  }
  return null;
}

function readSamples(table: readonly Box[], fileBytes: number): Sample[] {
  const sizes = readSizes(requireBox(table, "stsz"));
  const narrow = findBox(table, "stco");
  const chunks = narrow ? { content: narrow, wide: false } : { content: requireBox(table, "co64"), wide: true };
  const offsets = readOffsets({ sizes, stsc: requireBox(table, "stsc"), chunks });
  const durations = readDurations(requireBox(table, "stts"), sizes.length);
  const delays = readCompositionOffsets(findBox(table, "ctts"), sizes.length);
  const syncs = readSyncs(findBox(table, "stss"), sizes.length);
  let decodeTime = 0;
  return sizes.map((bytes, index) => {
    const [offset = 0, duration = 0, delay = 0] = [offsets[index], durations[index], delays[index]];
    if (offset + bytes > fileBytes) throw new DamagedIndexError("a sample lies outside the file");
    const compositionTime = decodeTime + delay;
    const sample = { offset, bytes, decodeTime, compositionTime, duration, isSync: syncs[index] ?? false };
    decodeTime += duration;
    return sample;
  });
}
