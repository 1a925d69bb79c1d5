/**
 * The excerpts of a reference video that a video model takes in place of the whole: a few seconds each, chosen by what
 * happens in them, and cut out without re-encoding. The video is a stranger's file of up to 100 MB; of its pictures,
 * only those are read and held that go into the excerpts.
 */
import type { Input, InputVideoTrack } from "mediabunny";
import { readBytes } from "../../storage/chunks.ts";
import type { RangedSource } from "../../storage/task-files.ts";
import type { Attachment } from "../../upstream/attachment.ts";
import type { Excerpt, ExcerptLimits } from "../../veo/model.ts";
import { type ReadingLimits, readVideo } from "../read-video.ts";
import { chooseEnds } from "./choose-ends.ts";
import { chooseStretches } from "./choose-stretches.ts";
import { type CleanEnd, cleanEnds } from "./clean-ends.ts";
import { keyframeTimes, loadPictures, readRun, type Run } from "./read-pictures.ts";
import { type Stretch, worthSeconds } from "./stretch.ts";
import { type Format, formatOf, writeExcerpt } from "./write-excerpt.ts";

/** Half of the 1,000 requests that Cloudflare allows an invocation; measured: a video of 100 MB takes about 80. */
const reading: ReadingLimits = { readsMaximum: 500, readAheadBytes: 131_072 };

/** What times are wrong by that were divided and added. */
const rounding = 1e-6;

export interface VideoSource extends RangedSource {
  readonly content_type: string;
}

/**
 * @param beats what is to be seen in them, seconds of the video; none: the whole video
 * @returns in their order, not overlapping; fewer or none where the video cannot be cut
 * @throws only what `video.read` throws
 */
export async function cutExcerpts(
  video: VideoSource,
  beats: readonly Stretch[],
  limits: ExcerptLimits,
): Promise<readonly Excerpt[]> {
  if (video.bytes === 0) return [];
  const cut = await readVideo(video, reading, (input) => cutFrom(input, video.content_type, beats, limits));
  return cut.ok ? cut.value : [];
}

async function cutFrom(
  input: Input,
  contentType: string,
  beats: readonly Stretch[],
  limits: ExcerptLimits,
): Promise<Excerpt[]> {
  const track = await input.getPrimaryVideoTrack();
  const format = track && await formatOf(track, contentType);
  if (!track || !format) return [];
  const keyframes = await keyframeTimes(track);
  const stretches = chooseStretches(beats, keyframes, await input.computeDuration([track]), limits);
  const runs: Run[] = [];
  for (const { start_seconds, end_seconds } of stretches) runs.push(await readRun(track, start_seconds, end_seconds));
  const ends = chooseEnds(stretches.map((stretch, index) => worthyEnds(stretch, runs[index])), limits.bytesMaximum);
  const excerpts: Excerpt[] = [];
  for (const [index, run] of runs.entries()) {
    const end = ends[index];
    const excerpt = end && await cutOut({ track, format }, run, end);
    if (excerpt) excerpts.push(excerpt);
  }
  return withinBytes(excerpts, limits.bytesMaximum);
}

function worthyEnds({ start_seconds, end_seconds }: Stretch, run: Run | undefined): CleanEnd[] {
  return cleanEnds(run?.pictures ?? [], run?.end ?? null).filter(({ seconds }) => {
    return seconds - start_seconds >= worthSeconds && seconds <= end_seconds + rounding;
  });
}

interface Film {
  readonly track: InputVideoTrack;
  readonly format: Format;
}

async function cutOut({ track, format }: Film, run: Run, end: CleanEnd): Promise<Excerpt | null> {
  const pictures = await loadPictures(track, run, end.pictures);
  const [keyframe] = pictures ?? [];
  if (!pictures || !keyframe) return null;
  const content = await writeExcerpt(format, pictures, end.seconds);
  return {
    attachment: attachmentOf(content, format.container),
    start_seconds: keyframe.seconds,
    end_seconds: end.seconds,
  };
}

/** An index can be larger than was reckoned with; then the last excerpts stay out. */
function withinBytes(excerpts: readonly Excerpt[], bytesMaximum: number): Excerpt[] {
  let bytes = 0;
  return excerpts.filter(({ attachment }) => (bytes += attachment.bytes) <= bytesMaximum);
}

function attachmentOf(content: Uint8Array, contentType: string): Attachment {
  return { contentType, bytes: content.length, open: () => Promise.resolve(streamOf(content)) };
}

function streamOf(content: Uint8Array): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at < content.length) controller.enqueue(content.slice(at, at + readBytes));
      else controller.close();
      at += readBytes;
    },
  }, { highWaterMark: 0 });
}
