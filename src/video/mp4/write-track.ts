/** One track of the index that is written (ISO/IEC 14496-12 §8.3 and on). */
import { ascii, box, type Bytes, fullBox, uint16, uint32, zeros } from "./box-writer.ts";
import type { TrackToWrite } from "./movie-to-write.ts";
import { type MediaPlace, writeTables } from "./write-tables.ts";

/** Enabled, and part of the presentation (§8.3.2). */
const shown = 3;

/** 1 in fixed point: speed with 16 bits after the point, volume with 8. */
const normalRate = 0x1_0000;
const fullVolume = 0x100;

/** The media is in this same file (§8.7.2). */
const inThisFile = 1;

/**
 * @param trackId counted from 1
 * @returns the box `trak`
 */
export function writeTrack(track: TrackToWrite, trackId: number, place: MediaPlace): Bytes {
  return box("trak", writeTrackHeader(track, trackId), box("edts", writeEdits(track)), writeMedia(track, place));
}

function writeTrackHeader({ kind, edit, picture }: TrackToWrite, trackId: number): Bytes {
  const isAudio = kind === "audio";
  return fullBox(
    "tkhd",
    0,
    shown,
    uint32(0, 0, trackId, 0, edit.delay + edit.duration),
    zeros(8),
    // Layer, alternate group (the tracks of one group replace each other, so each kind has its own), volume.
    uint16(0, isAudio ? 1 : 0, isAudio ? fullVolume : 0, 0),
    picture.matrix,
    uint32(picture.width, picture.height),
  );
}

function writeEdits({ edit }: TrackToWrite): Bytes {
  const nothing = edit.delay > 0 ? [edit.delay, -1, normalRate] : [];
  const entries = [...nothing, edit.duration, edit.mediaTime, normalRate];
  return fullBox("elst", 0, 0, uint32(entries.length / 3, ...entries));
}

function writeMedia(track: TrackToWrite, place: MediaPlace): Bytes {
  const duration = track.samples.reduce((sum, sample) => sum + sample.duration, 0);
  const handler = track.kind === "video" ? "vide" : "soun";
  return box(
    "mdia",
    fullBox("mdhd", 0, 0, uint32(0, 0, track.timescale, duration), uint16(track.language, 0)),
    fullBox("hdlr", 0, 0, uint32(0), ascii(handler), zeros(12), ascii(`${track.kind}\0`)),
    box("minf", writeMediaHeader(track.kind), writeDataReference(), writeTables(track, place)),
  );
}

/** Nothing but what is usual: the picture is copied as it is, the sound is in the middle. */
function writeMediaHeader(kind: TrackToWrite["kind"]): Bytes {
  return kind === "video" ? fullBox("vmhd", 0, 1, zeros(8)) : fullBox("smhd", 0, 0, zeros(4));
}

function writeDataReference(): Bytes {
  return box("dinf", fullBox("dref", 0, 0, uint32(1), fullBox("url ", 0, inThisFile)));
}
