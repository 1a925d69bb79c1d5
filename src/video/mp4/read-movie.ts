/**
 * Reads the index of an MP4. Our own, because what cutting and joining need (where each sample lies in the file, the
 * edit list) is what mediabunny keeps to itself.
 */
import type { RangedSource } from "../../storage/task-files.ts";
import { failed, type Outcome, succeeded } from "../../upstream/outcome.ts";
import { boxesIn, BoxReader, findBox, requireBox } from "./box-reader.ts";
import { DamagedIndexError } from "./damaged-index.ts";
import { findIndex } from "./find-index.ts";
import type { Movie, Track } from "./movie.ts";
import { readHandler, readTrack } from "./read-track.ts";

/**
 * Reads what is where in a movie; pictures and sound are not read. Of several video or audio tracks, the first counts.
 *
 * @returns the movie, or the fault `invalid_request` when the file is damaged or of a kind that is not cut here
 * @throws only what `source.read` throws
 */
export async function readMovie(source: RangedSource): Promise<Outcome<Movie>> {
  try {
    return succeeded(parseIndex(await findIndex(source), source.bytes));
  } catch (error) {
    if (error instanceof DamagedIndexError) return failed("invalid_request", `a clip cannot be read: ${error.message}`);
    throw error;
  }
}

function parseIndex(index: Uint8Array, fileBytes: number): Movie {
  const boxes = boxesIn(index);
  if (findBox(boxes, "mvex")) throw new DamagedIndexError("the movie is in fragments");
  const timescale = readMovieTimescale(requireBox(boxes, "mvhd"));
  const tracks = boxes.filter(({ type }) => type === "trak");
  const first = (handler: string): Track | null => {
    const found = tracks.find(({ content }) => readHandler(content) === handler);
    return found ? readTrack(found.content, timescale, fileBytes) : null;
  };
  const [video, audio] = [first("vide"), first("soun")];
  if (!video || video.samples.length === 0) throw new DamagedIndexError("there is no picture in it");
  return { video, audio: audio && audio.samples.length > 0 ? audio : null };
}

/** `mvhd` (ISO/IEC 14496-12 §8.2.2): after the times of creation and modification. */
function readMovieTimescale(content: Uint8Array): number {
  const reader = new BoxReader(content);
  reader.skip(reader.version() === 1 ? 16 : 8);
  const timescale = reader.uint32();
  if (timescale === 0) throw new DamagedIndexError("the movie has no timescale");
  return timescale;
}
