/**
 * Cuts a clip at a whole second: nothing before it refers to anything behind, so the file's beginning stays as it is,
 * byte for byte, and only the tables after it end earlier.
 *
 * For the files of `scripts/make-sandbox-clips.ts` alone: `moov` behind `mdat`, every sample of a track of the same
 * duration, one edit a track, all boxes in their 32-bit version.
 */
import { changeBoxes, findBox, join, readBoxes, readWords, writeBox, writeWords } from "./mp4-boxes.ts";

/** @returns the file of the clip's first `seconds`, in the same shape */
export function cutClip(clip: Uint8Array, seconds: number): Uint8Array {
  const boxes = readBoxes(clip);
  const data = boxes.find(({ type }) => type === "mdat");
  const movie = boxes.find(({ type }) => type === "moov");
  if (!data || !movie) throw new Error("The clip to cut has no `mdat` or no `moov`.");
  const dataStart = data.content.byteOffset - clip.byteOffset;
  const duration = seconds * (wordsOf(movie.content, "mvhd")[3] ?? 0);
  let dataEnd = dataStart;
  const cutMovie = changeBoxes(movie.content, {
    mvhd: (content) => writeWords(readWords(content).with(4, duration)),
    trak: (content) => {
      const track = cutTrack(content, seconds, duration);
      dataEnd = Math.max(dataEnd, track.dataEnd);
      return track.content;
    },
  });
  return join([
    clip.subarray(0, data.offset),
    writeBox("mdat", clip.subarray(dataStart, dataEnd)),
    writeBox("moov", cutMovie),
  ]);
}

/** @param duration in the movie's time */
function cutTrack(track: Uint8Array, seconds: number, duration: number) {
  const [, , , timescale = 0] = wordsOf(track, "mdhd");
  const [, , , mediaTime = 0] = wordsOf(track, "elst");
  const [, , , sampleDuration = 0] = wordsOf(track, "stts");
  const delays = expandRuns(wordsOf(track, "ctts").slice(2));
  const allSizes = wordsOf(track, "stsz").slice(3);
  const end = mediaTime + seconds * timescale;
  const sizes = allSizes.filter((_, sample) => sample * sampleDuration + (delays[sample] ?? 0) < end);
  const chunks = cutChunks(readChunks(track), sizes.length);
  // Of the last AAC frame only as much counts as is left to be heard.
  const lastDuration = Math.min(sampleDuration, end - (sizes.length - 1) * sampleDuration);
  const durations = sizes.map((_, sample) => sample < sizes.length - 1 ? sampleDuration : lastDuration);
  const edit = (change: (words: number[]) => number[]) => (content: Uint8Array) =>
    writeWords(change(readWords(content)));
  const content = changeBoxes(track, {
    tkhd: edit((words) => words.with(5, duration)),
    elst: edit((words) => words.with(2, duration)),
    mdhd: edit((words) => words.with(4, sum(durations))),
    stts: edit(() => writeRuns(durations)),
    ctts: edit(() => writeRuns(delays.slice(0, sizes.length))),
    stss: edit(([, , ...keyframes]) => table(keyframes.filter((sample) => sample <= sizes.length).map((one) => [one]))),
    stsc: edit(() => writeChunkLengths(chunks)),
    stsz: edit(() => [0, 0, sizes.length, ...sizes]),
    stco: edit(() => table(chunks.map(({ offset }) => [offset]))),
    // The group of AAC frames that need the one before; the only group there is.
    sbgp: edit((words) => words.with(3, sizes.length)),
  });
  const last = chunks.at(-1) ?? { offset: 0, samples: 0 };
  return { content, dataEnd: last.offset + sum(sizes.slice(sizes.length - last.samples)) };
}

interface Chunk {
  /** From the start of the file. */
  readonly offset: number;
  readonly samples: number;
}

/** `stsc` says from which chunk on, counted from 1, a chunk holds how many samples. */
function readChunks(track: Uint8Array): Chunk[] {
  const lengths = wordsOf(track, "stsc").slice(2);
  let entry = 0;
  return wordsOf(track, "stco").slice(2).map((offset, chunk) => {
    if (lengths[entry + 3] === chunk + 1) entry += 3;
    return { offset, samples: lengths[entry + 1] ?? 0 };
  });
}

function cutChunks(chunks: readonly Chunk[], samples: number): Chunk[] {
  let left = samples;
  return chunks.map((chunk) => {
    const kept = Math.min(chunk.samples, left);
    left -= kept;
    return { ...chunk, samples: kept };
  }).filter((chunk) => chunk.samples > 0);
}

function writeChunkLengths(chunks: readonly Chunk[]): number[] {
  const entries = chunks.map(({ samples }, chunk) => [chunk + 1, samples, 1]);
  return table(entries.filter(([, samples], chunk) => entries[chunk - 1]?.[1] !== samples));
}

/** Pairs of a count and a value, as `ctts` has them → each value as often as it counts. */
function expandRuns(words: readonly number[]): number[] {
  return words.flatMap((count, at) => at % 2 === 0 ? Array<number>(count).fill(words[at + 1] ?? 0) : []);
}

function writeRuns(values: readonly number[]): number[] {
  const starts = [...values.keys()].filter((at) => values[at] !== values[at - 1]);
  return table(starts.map((at, run) => [(starts[run + 1] ?? values.length) - at, values[at] ?? 0]));
}

/** Version and flags, the number of entries, the entries. */
function table(entries: readonly number[][]): number[] {
  return [0, entries.length, ...entries.flat()];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

function wordsOf(bytes: Uint8Array, type: string): number[] {
  const box = findBox(bytes, type);
  return box ? readWords(box.content) : [];
}
