/** Our reader and writer of indexes, judged by mediabunny's. */
import { ALL_FORMATS, BufferSource, EncodedPacketSink, Input, type InputTrack } from "mediabunny";
import { describe, expect, test } from "vitest";
import landscape from "../../src/sandbox/clips/1280x720-8s.bin";
import type { RangedSource } from "../../src/storage/task-files.ts";
import { bytesIn } from "../../src/video/finish/byte-runs.ts";
import { readMovie } from "../../src/video/mp4/read-movie.ts";
import type { Movie, Track } from "../../src/video/mp4/movie.ts";
import { writeHead } from "../../src/video/mp4/write-head.ts";
import type { TrackToWrite } from "../../src/video/mp4/movie-to-write.ts";
import { mp4 } from "../support/movies.ts";

const clip = new Uint8Array(landscape);

function sourceOf(bytes: Uint8Array, reads: number[] = []): RangedSource {
  return {
    bytes: bytes.length,
    read(start, end) {
      reads.push(end - start);
      return Promise.resolve(bytes.slice(start, end));
    },
  };
}

/** @throws what the fault says */
async function read(bytes: Uint8Array): Promise<Movie> {
  const movie = await readMovie(sourceOf(bytes));
  if (!movie.ok) throw new Error(movie.fault.note);
  return movie.value;
}

interface Piece {
  readonly seconds: number;
  readonly isSync: boolean;
  readonly bytes: string;
}

/** The packets of a track as mediabunny finds them, in decoding order. */
async function judged(track: InputTrack | null): Promise<Piece[]> {
  const pieces: Piece[] = [];
  if (!track) return pieces;
  for await (const { timestamp, type, data } of new EncodedPacketSink(track).packets()) {
    pieces.push({ seconds: timestamp, isSync: type === "key", bytes: data.join() });
  }
  return pieces;
}

async function judge(bytes: Uint8Array): Promise<{ video: Piece[]; audio: Piece[]; input: Input }> {
  const input = new Input({ formats: ALL_FORMATS, source: new BufferSource(bytes) });
  const video = await judged(await input.getPrimaryVideoTrack());
  return { video, audio: await judged(await input.getPrimaryAudioTrack()), input };
}

/** The same, as we found them. */
function ours({ samples, timescale, edit }: Track, file: Uint8Array): Piece[] {
  return samples.map(({ offset, bytes, compositionTime, isSync }) => ({
    seconds: (compositionTime - edit.mediaTime) / timescale,
    isSync,
    bytes: file.slice(offset, offset + bytes).join(),
  }));
}

const files: Record<string, () => Promise<Uint8Array>> = {
  "a clip like Veo's": () => Promise.resolve(clip),
  "a file with its index in front": () => mp4({ seconds: 3 }, "front"),
  "a file with its index at the end": () => mp4({ seconds: 3, frameBytes: 5_000 }, "end"),
  "a file without sound": () => mp4({ hasAudio: false }),
};

describe.each(Object.entries(files))("%s", (_, build) => {
  test("is read with the places, times and keyframes that mediabunny finds", async () => {
    const bytes = await build();
    const [movie, { video, audio }] = [await read(bytes), await judge(bytes)];
    expect(ours(movie.video, bytes)).toEqual(video.map(closely));
    expect(movie.audio ? ours(movie.audio, bytes) : []).toEqual(audio.map(closely));
  });

  test("is the same movie when its index is written anew", async () => {
    const bytes = await build();
    const rewritten = rewrite(await read(bytes), bytes);
    const [before, after] = [await judge(bytes), await judge(rewritten)];
    expect(after.video).toEqual(before.video.map(closely));
    expect(after.audio).toEqual(before.audio.map(closely));
    const [one, other] = await Promise.all([before, after].map(({ input }) => input.getPrimaryVideoTrack()));
    expect(await other?.getDecoderConfig()).toEqual(await one?.getDecoderConfig());
  });

  test("has its index in front when it is written anew", async () => {
    const bytes = await build();
    const types = boxTypes(rewrite(await read(bytes), bytes));
    expect(types).toEqual(["ftyp", "moov", "mdat"]);
  });
});

/** mediabunny counts in seconds, so that the last digits differ. */
function closely(piece: Piece): Piece {
  return { ...piece, seconds: expect.closeTo(piece.seconds, 9) };
}

/** A head in front of all of the old file, so that the offsets stay what they were. */
function rewrite({ video, audio }: Movie, bytes: Uint8Array): Uint8Array {
  const toWrite = (track: Track, kind: TrackToWrite["kind"]): TrackToWrite => ({
    ...track,
    kind,
    edit: { delay: 0, duration: 0, mediaTime: track.edit.mediaTime },
    samples: track.samples.map((sample) => ({
      ...sample,
      compositionOffset: sample.compositionTime - sample.decodeTime,
    })),
  });
  const tracks = [toWrite(video, "video"), ...(audio ? [toWrite(audio, "audio")] : [])];
  const head = writeHead({ timescale: video.timescale, duration: 0, tracks, mediaBytes: bytes.length });
  const whole = new Uint8Array(head.length + bytes.length);
  whole.set(head);
  whole.set(bytes, head.length);
  return whole;
}

function boxTypes(bytes: Uint8Array): string[] {
  const view = new DataView(bytes.buffer);
  const types: string[] = [];
  for (let at = 0; at < bytes.length; at += view.getUint32(at)) {
    types.push(String.fromCharCode(...bytes.subarray(at + 4, at + 8)));
  }
  return types;
}

test("the index of a clip is found with two reads, wherever the media is", async () => {
  const reads: number[] = [];
  await readMovie(sourceOf(clip, reads));
  expect(reads).toHaveLength(2);
  reads.length = 0;
  await readMovie(sourceOf(await mp4({ frameBytes: 10_000 }, "front"), reads));
  expect(reads).toHaveLength(1);
});

test("the media is not read", async () => {
  const reads: number[] = [];
  await readMovie(sourceOf(await mp4({ frameBytes: 500_000 }, "end"), reads));
  expect(bytesIn(reads.map((bytes) => ({ start: 0, end: bytes })))).toBeLessThan(200_000);
});

test("a clip like Veo's tells what cutting it needs", async () => {
  const { video, audio } = await read(clip);
  expect(video).toMatchObject({ timescale: 12_288, edit: { delaySeconds: 0, mediaTime: 1_024, durationSeconds: 8 } });
  expect(video.picture).toMatchObject({ width: 1_280 * 65_536, height: 720 * 65_536 });
  expect(video.samples).toHaveLength(192);
  expect(audio).toMatchObject({ timescale: 48_000, rollDistance: -1, edit: { mediaTime: 1_024, durationSeconds: 8 } });
});

test("media beyond 4 GiB gets offsets of 64 bits, and is read back with them", async () => {
  const movie = await read(await mp4({ hasAudio: false }));
  const { video } = movie;
  const far = 5_000_000_000;
  const samples = video.samples.map(({ bytes, duration, isSync }, index) => ({
    offset: index === 0 ? 0 : far + index * 1_000,
    bytes,
    duration,
    compositionOffset: 0,
    isSync,
  }));
  const mediaBytes = far + 1_000_000;
  const edit = { delay: 0, duration: 2_000, mediaTime: 0 };
  const head = writeHead({
    timescale: 1_000,
    duration: 2_000,
    tracks: [{ ...video, kind: "video", edit, samples }],
    mediaBytes,
  });
  const source: RangedSource = {
    bytes: head.length + mediaBytes,
    read: (start, end) => Promise.resolve(head.slice(start, end)),
  };
  const back = await readMovie(source);
  expect(back.ok && back.value.video.samples.map(({ offset }) => offset - head.length)).toEqual(
    samples.map(({ offset }) => offset),
  );
});
