/**
 * What a stored video is, read from its index by ranges; its pictures and sound are never read. Used for a reference
 * video on its way in and for a finished clip on its way out.
 */
import type { Input } from "mediabunny";
import type { RangedSource } from "../storage/task-files.ts";
import { type ReadingLimits, readVideo } from "./read-video.ts";

export interface VideoFacts {
  readonly content_type: "video/mp4" | "video/quicktime" | "video/webm";
  /** As a person sees it: after the track's rotation and pixel shape. Pixels. */
  readonly width: number;
  readonly height: number;
  readonly duration_seconds: number;
  readonly has_audio: boolean;
  /** As WebCodecs names it (`avc`, `hevc`, `vp9`, …), or null when it is not a known one. */
  readonly codec: string | null;
}

export type VideoInspection =
  | { readonly ok: true; readonly facts: VideoFacts }
  | { readonly ok: false; readonly code: "reference_unusable"; readonly message: string };

/** A fragmented file of 200 boxes takes that many reads, and few more. */
const limits: ReadingLimits = { readsMaximum: 500, readAheadBytes: 65_536 };

const cut = "The video is cut off: its end is missing. Send the whole file.";
const damaged = "The video is damaged: its index cannot be read.";

/**
 * Reads what a video is.
 *
 * @throws only what `source.read` throws; a video that cannot be used is a returned refusal
 */
export async function readVideoFacts(source: RangedSource): Promise<VideoInspection> {
  if (source.bytes === 0) return refuse("The video is empty.");
  const reading = await readVideo(source, limits, inspect);
  if (!reading.ok) return refuse(reading.why === "cut_off" ? cut : damaged);
  return reading.value;
}

function refuse(message: string): VideoInspection {
  return { ok: false, code: "reference_unusable", message };
}

async function inspect(input: Input): Promise<VideoInspection> {
  if (!(await input.canRead())) return refuse("The video is damaged: its index is missing.");
  const track = await input.getPrimaryVideoTrack();
  if (!track) return refuse("There is no picture in this video.");
  const duration = await input.computeDuration([track]);
  const width = await track.getDisplayWidth();
  const height = await track.getDisplayHeight();
  if (!(duration > 0)) return refuse("The video has no frames.");
  if (!(width > 0 && height > 0)) return refuse("The video says it is 0 pixels wide or high, which cannot be.");
  const facts: VideoFacts = {
    content_type: contentTypeOf((await input.getFormat()).mimeType),
    width: Math.round(width),
    height: Math.round(height),
    duration_seconds: duration,
    has_audio: (await input.getAudioTracks()).length > 0,
    codec: await track.getCodec(),
  };
  return { ok: true, facts };
}

function contentTypeOf(mimeType: string): VideoFacts["content_type"] {
  if (mimeType === "video/quicktime" || mimeType === "video/webm") return mimeType;
  return "video/mp4";
}
