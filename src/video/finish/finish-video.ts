/**
 * From clips in R2 to the finished video, without decoding a frame. What the user gets is, in this order of preference:
 *
 * 1. the one clip as it is, when it has the length wanted: nothing is written, its bytes stay the upstream's
 * 2. the clips cut and joined: a new index in front of the clips' own bytes
 * 3. for a square, beside that, a file whose index shows the middle of each frame (or, where Cloudflare Media
 *    Transformations are bound, one that they made)
 */
import type { Log } from "../../log.ts";
import type { Bucket } from "../../storage/bucket.ts";
import { FileGoneError, mediaKey } from "../../storage/task-files.ts";
import { failed, type Outcome, succeeded } from "../../upstream/outcome.ts";
import { checkAgreement } from "./agreement.ts";
import { type Clip, type ClipFile, readClips } from "./clip.ts";
import { describeFile, factsOf, type FinishedFile } from "./finished-file.ts";
import { storeLayout } from "./store-layout.ts";
import { layOut } from "./lay-out.ts";
import { makeSquare, type SquareMaker } from "./make-square.ts";
import { type Share, shareFrames } from "./shares.ts";

export interface FinishRequest {
  readonly bucket: Bucket;
  readonly mediaSecret: string;
  /** For the operator's log. */
  readonly taskId: string;
  readonly log?: Log;
  /** In the order they are shown, at least one; `shownSeconds`: how much of it the video should have. */
  readonly clips: readonly (ClipFile & { readonly shownSeconds: number })[];
  /** How long the video is to be. */
  readonly durationSeconds: number;
  /** How the middle square is made; null: the picture stays whole. */
  readonly square: SquareMaker | null;
  /** The name a browser saves it under, ending in `.mp4`. */
  readonly fileName: string;
}

export interface FinishedVideo {
  readonly video: FinishedFile;
  /** The uncropped video of a square. */
  readonly original: FinishedFile | null;
  /** How the square was made; null: it is none. */
  readonly squareBy: "crop" | "transform" | null;
}

/**
 * Makes the finished video, `video.mp4` in the task's folder; memory stays bounded by one part of an upload and one
 * chunk of a read, whatever the length. Repeating it is harmless.
 *
 * @returns where it stands; the fault `invalid_request` when the clips are damaged or do not go together, `not_found`
 *   when one is gone. When the clips are shorter than wanted, the video is too: see its `duration_seconds`.
 * @throws what R2 fails with; it may pass
 */
export async function finishVideo(request: FinishRequest): Promise<Outcome<FinishedVideo>> {
  try {
    return await finish(request);
  } catch (error) {
    if (error instanceof FileGoneError) return failed("not_found", "a clip is no longer in the bucket");
    throw error;
  }
}

async function finish(request: FinishRequest): Promise<Outcome<FinishedVideo>> {
  const clips = await readClips(request.bucket, request.clips);
  if (!clips.ok) return await unreadClip(request) ?? clips;
  const agreement = checkAgreement(clips.value);
  if (!agreement.ok) return agreement;
  const shares = sharesOf(request, clips.value);
  if (!shares.ok) return shares;
  if (!request.square) {
    const video = await finishWhole(request, clips.value, shares.value, "video.mp4", request.fileName);
    return video.ok ? succeeded({ video: video.value, original: null, squareBy: null }) : video;
  }
  return await finishSquare(request, request.square, clips.value, shares.value);
}

/** How much longer a clip may be whose index is not for us to cut: one frame of a film. */
const toleranceSeconds = 1 / 24;

/** A single clip that cannot be cut is as good as any other when it need not be. @returns null when it must be */
async function unreadClip(
  { bucket, clips, durationSeconds, square }: FinishRequest,
): Promise<Outcome<FinishedVideo> | null> {
  const [clip, ...others] = clips;
  if (!clip || others.length > 0 || square) return null;
  const facts = await factsOf(bucket, clip.key, clip.bytes);
  if (!facts.ok || facts.value.duration_seconds > durationSeconds + toleranceSeconds) return null;
  const video = await describeFile(bucket, clip, facts.value.duration_seconds);
  return video.ok ? succeeded({ video: video.value, original: null, squareBy: null }) : null;
}

function sharesOf({ clips: wishes, durationSeconds }: FinishRequest, clips: readonly Clip[]): Outcome<Share[]> {
  const [first] = clips;
  if (!first) return failed("invalid_request", "there is no clip");
  const framesPerSecond = first.pictures.timescale / first.pictures.frameTicks;
  const toShare = clips.map(({ pictures: { frames, ranks } }, index) => {
    return { frames, ranks, framesWished: Math.round((wishes[index]?.shownSeconds ?? 0) * framesPerSecond) };
  });
  return shareFrames(toShare, Math.round(durationSeconds * framesPerSecond));
}

/** The uncropped video: the one clip as it is when nothing is to be cut, else a new file. */
async function finishWhole(
  { bucket, mediaSecret }: FinishRequest,
  clips: readonly Clip[],
  shares: readonly Share[],
  file: string,
  fileName: string,
): Promise<Outcome<FinishedFile>> {
  const [clip, ...others] = clips;
  if (clip && others.length === 0 && shares[0]?.frames === clip.pictures.frames) {
    const { frames, frameTicks, timescale } = clip.pictures;
    return await describeFile(bucket, clip.file, frames * frameTicks / timescale);
  }
  const layout = layOut(clips, shares, null);
  if (!layout.ok) return layout;
  return await storeLayout(bucket, layout.value, { key: mediaKey(mediaSecret, file), fileName });
}

async function finishSquare(
  request: FinishRequest,
  maker: SquareMaker,
  clips: readonly Clip[],
  shares: readonly Share[],
): Promise<Outcome<FinishedVideo>> {
  const { bucket, mediaSecret, fileName, taskId, log } = request;
  const originalName = fileName.replace(/(\.mp4)?$/, "-original.mp4");
  const original = await finishWhole(request, clips, shares, "video-original.mp4", originalName);
  if (!original.ok) return original;
  const key = mediaKey(mediaSecret, "video.mp4");
  const toMake = { bucket, key, fileName, taskId, clips, shares, original: original.value, ...(log && { log }) };
  const square = await makeSquare(maker, toMake);
  if (!square.ok) return square;
  return succeeded({ video: square.value.file, original: original.value, squareBy: square.value.by });
}
