/** The middle square of a finished video, in one of two ways. */
import { consoleLog, type Log } from "../../log.ts";
import type { Bucket } from "../../storage/bucket.ts";
import { FileGoneError, rangedSourceOf } from "../../storage/task-files.ts";
import { failed, type Outcome, succeeded } from "../../upstream/outcome.ts";
import type { VideoFacts } from "../facts.ts";
import { hasParameterSets } from "../h264/nal-unit.ts";
import type { Clip } from "./clip.ts";
import { factsOf, type FinishedFile, storeFile } from "./finished-file.ts";
import { layOut, type Window } from "./lay-out.ts";
import type { Share } from "./shares.ts";
import { cropToSquare } from "./square.ts";
import { storeLayout } from "./store-layout.ts";
import { type SquareTransformer, transformProblem } from "./transform-square.ts";

/** `crop`: another index shows the middle of the same frames. `transform`: frames are made anew, elsewhere. */
export type SquareMaker =
  | { readonly kind: "crop" }
  | { readonly kind: "transform"; readonly transform: SquareTransformer };

export interface SquareToMake {
  readonly bucket: Bucket;
  readonly key: string;
  /** The name a browser saves it under. */
  readonly fileName: string;
  /** For the operator's log. */
  readonly taskId: string;
  readonly log?: Log;
  readonly clips: readonly Clip[];
  readonly shares: readonly Share[];
  /** The whole picture; its file's name is kept with the square. */
  readonly original: FinishedFile;
}

/** @returns the square and how it was made: one that cannot be transformed is cropped */
export async function makeSquare(
  maker: SquareMaker,
  square: SquareToMake,
): Promise<Outcome<{ file: FinishedFile; by: SquareMaker["kind"] }>> {
  const transformed = maker.kind === "transform" ? await transformSquare(maker.transform, square) : null;
  if (transformed) return succeeded({ file: transformed, by: "transform" });
  const cropped = await cropSquare(square);
  return cropped.ok ? succeeded({ file: cropped.value, by: "crop" }) : cropped;
}

/** So that the square leads to the file it was made of. */
function metadataOf(original: FinishedFile): Record<string, string> {
  return { original: original.key.slice(original.key.lastIndexOf("/") + 1) };
}

/** @returns null when it is beyond what is accepted, or was not made; the service has limits and bad days of its own */
async function transformSquare(transform: SquareTransformer, square: SquareToMake): Promise<FinishedFile | null> {
  const { bucket, key, fileName, original, log = consoleLog } = square;
  const side = Math.min(original.width, original.height);
  const durationSeconds = original.duration_seconds;
  if (transformProblem({ bytes: original.bytes, durationSeconds, side }) !== null) return null;
  try {
    const object = await bucket.get(original.key);
    if (!object) throw new FileGoneError();
    const body = await transform(object.body, side);
    const bytes = await storeFile(bucket, { key, body, fileName, customMetadata: metadataOf(original) });
    const facts = await factsOf(bucket, key, bytes);
    return facts.ok && isAsAsked(facts.value, side, durationSeconds)
      ? { key, bytes, width: side, height: side, duration_seconds: facts.value.duration_seconds }
      : null;
  } catch (error) {
    log.failure("square_not_transformed", error, { task_id: square.taskId });
    return null;
  }
}

/** What may be lost or gained by an encoder with frames of its own: a good two frames of 24 a second. */
const toleranceSeconds = 0.1;

function isAsAsked({ width, height, duration_seconds }: VideoFacts, side: number, durationSeconds: number): boolean {
  return width === side && height === side && Math.abs(duration_seconds - durationSeconds) <= toleranceSeconds;
}

async function cropSquare(square: SquareToMake): Promise<Outcome<FinishedFile>> {
  const { bucket, key, fileName, clips, shares, original } = square;
  const window = await windowOf(bucket, clips);
  if (!window.ok) return window;
  const layout = layOut(clips, shares, window.value);
  if (!layout.ok) return layout;
  return await storeLayout(bucket, layout.value, { key, fileName, customMetadata: metadataOf(original) });
}

/** A keyframe of 1080p has some hundred kB. */
const keyframeBytesMaximum = 4 * 1_024 * 1_024;

async function windowOf(bucket: Bucket, clips: readonly Clip[]): Promise<Outcome<Window>> {
  const [first] = clips;
  if (!first) return failed("invalid_request", "there is no clip");
  const crop = cropToSquare(first.movie.video.sampleEntry);
  if (!crop.ok) return failed("invalid_request", crop.note);
  for (const clip of clips) {
    if (await bringsParameterSets(bucket, clip, crop.lengthBytes)) {
      return failed("invalid_request", "the video has its parameter sets among its samples");
    }
  }
  return succeeded(crop);
}

/** Parameter sets beside the keyframe would undo the crop. */
async function bringsParameterSets(bucket: Bucket, { file, movie }: Clip, lengthBytes: number): Promise<boolean> {
  const keyframe = movie.video.samples[0];
  if (!keyframe || keyframe.bytes > keyframeBytesMaximum) return true;
  const source = rangedSourceOf(bucket, file.key, file.bytes);
  return hasParameterSets(await source.read(keyframe.offset, keyframe.offset + keyframe.bytes), lengthBytes);
}
