/** Writes all of an MP4 that comes before its media: the index first, so that a player can start at once. */
import { ascii, box, type Bytes, concatenated, fullBox, uint16, uint32, uint64, zeros } from "./box-writer.ts";
import type { MovieToWrite } from "./movie-to-write.ts";
import type { MediaPlace } from "./write-tables.ts";
import { writeTrack } from "./write-track.ts";

/** What fits into an offset or a size of 32 bits. */
const narrowMaximum = 0xffff_ffff;

/** More than an index of 100,000 samples has, 16 MiB: with so much room left, offsets of 32 bits do. */
const indexRoomBytes = 16 * 1_024 * 1_024;

/** 1 in fixed point: speed with 16 bits after the point, volume with 8; and a matrix that leaves the picture alone. */
const normalRate = 0x1_0000;
const fullVolume = 0x100;
const upright = uint32(0x1_0000, 0, 0, 0, 0x1_0000, 0, 0, 0, 0x4000_0000);

/** @returns `ftyp`, `moov` and the header of `mdat`; the media follows, `movie.mediaBytes` long */
export function writeHead(movie: MovieToWrite): Bytes {
  const isWide = movie.mediaBytes + indexRoomBytes > narrowMaximum;
  const type = box("ftyp", ascii("isom"), uint32(0x200), ascii("isomiso2avc1mp41"));
  const mediaHeader = writeMediaHeader(movie.mediaBytes, isWide);
  // How long the index is does not depend on the offsets in it, so it is written once to be measured.
  const index = writeIndex(movie, { offset: 0, isWide });
  const offset = type.length + index.length + mediaHeader.length;
  return concatenated([type, writeIndex(movie, { offset, isWide }), mediaHeader]);
}

function writeMediaHeader(mediaBytes: number, isWide: boolean): Bytes {
  return isWide
    ? concatenated([uint32(1), ascii("mdat"), uint64(16 + mediaBytes)])
    : concatenated([uint32(8 + mediaBytes), ascii("mdat")]);
}

function writeIndex(movie: MovieToWrite, place: MediaPlace): Bytes {
  const tracks = movie.tracks.map((track, index) => writeTrack(track, index + 1, place));
  return box("moov", writeMovieHeader(movie), ...tracks);
}

function writeMovieHeader({ timescale, duration, tracks }: MovieToWrite): Bytes {
  return fullBox(
    "mvhd",
    0,
    0,
    uint32(0, 0, timescale, duration, normalRate),
    uint16(fullVolume, 0),
    zeros(8),
    upright,
    zeros(24),
    uint32(tracks.length + 1),
  );
}
