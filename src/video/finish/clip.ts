/** A clip that is to be cut or joined, as its index tells it. */
import type { Bucket } from "../../storage/bucket.ts";
import { rangedSourceOf } from "../../storage/task-files.ts";
import { type Outcome, succeeded } from "../../upstream/outcome.ts";
import type { Movie } from "../mp4/movie.ts";
import { readMovie } from "../mp4/read-movie.ts";
import { type Pictures, picturesOf } from "./pictures.ts";
import { type Sound, soundOf } from "./sound.ts";

export interface ClipFile {
  readonly key: string;
  readonly bytes: number;
}

export interface Clip {
  readonly file: ClipFile;
  readonly movie: Movie;
  readonly pictures: Pictures;
  readonly sound: Sound | null;
}

/** @throws {FileGoneError} when it is no longer in the bucket; or what R2 throws */
export async function readClip(bucket: Bucket, file: ClipFile): Promise<Outcome<Clip>> {
  const movie = await readMovie(rangedSourceOf(bucket, file.key, file.bytes));
  if (!movie.ok) return movie;
  const pictures = picturesOf(movie.value.video);
  if (!pictures.ok) return pictures;
  const { audio } = movie.value;
  const sound = audio ? soundOf(audio, pictures.value.startSeconds) : succeeded(null);
  if (!sound.ok) return sound;
  return succeeded({ file, movie: movie.value, pictures: pictures.value, sound: sound.value });
}

/** In order; all of them, or the first fault. */
export async function readClips(bucket: Bucket, files: readonly ClipFile[]): Promise<Outcome<Clip[]>> {
  const clips: Clip[] = [];
  for (const file of files) {
    const clip = await readClip(bucket, file);
    if (!clip.ok) return clip;
    clips.push(clip.value);
  }
  return succeeded(clips);
}
