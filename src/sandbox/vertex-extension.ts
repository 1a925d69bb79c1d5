/**
 * The video that is to be extended on Vertex AI: any MP4 of 1 to 30 s in the ratio that is asked for, from Cloud Storage or
 * inside the request. Source: Google's guide to extending videos (2026).
 */
import { googleError } from "./google-errors.ts";
import type { StoredOperation } from "./operation-store.ts";
import { decodeSample } from "./sampled-bytes.ts";
import type { Sandbox } from "./sandbox.ts";
import type { VertexMedia } from "./vertex-request.ts";
import { findStored } from "./vertex-storage.ts";
import { readVideo, videoSize } from "./video.ts";

const secondsMinimum = 1;
const secondsMaximum = 30;

export interface VideoToExtend {
  readonly seconds: number;
  /** When it was made here. */
  readonly operation: StoredOperation | null;
}

/** @returns the video, or the refusal */
export function findVideoToExtend(sandbox: Sandbox, video: VertexMedia, aspectRatio: string): VideoToExtend | Response {
  const found = video.gcsUri === undefined ? readInside(video) : readStored(sandbox, video.gcsUri);
  if (typeof found === "string") return googleError("INVALID_ARGUMENT", found);
  const { seconds, ratio } = found;
  if (ratio !== aspectRatio) {
    const message = `Aspect ratio of the input video must be ${aspectRatio}, but got: ${ratio}`;
    return googleError("INVALID_ARGUMENT", message);
  }
  if (seconds < secondsMinimum || seconds > secondsMaximum) {
    const message = `The input video is ${seconds} seconds long. Supported: ${secondsMinimum} to ${secondsMaximum}.`;
    return googleError("INVALID_ARGUMENT", message);
  }
  return found;
}

interface FoundVideo extends VideoToExtend {
  readonly ratio: string;
}

function readStored(sandbox: Sandbox, gcsUri: string): FoundVideo | string {
  const operation = findStored(sandbox, gcsUri);
  if (!operation) return `The Cloud Storage object ${gcsUri} cannot be read.`;
  return { seconds: operation.seconds, ratio: operation.aspect_ratio, operation };
}

function readInside({ bytesBase64Encoded, mimeType }: VertexMedia): FoundVideo | string {
  if (!bytesBase64Encoded) return "Exactly one of `bytesBase64Encoded` and `gcsUri` must be set.";
  if (mimeType !== "video/mp4") return `Unsupported video mime type: ${mimeType}.`;
  const sample = decodeSample(bytesBase64Encoded);
  const seconds = sample && readVideo(sample)?.seconds;
  const size = sample && videoSize(sample);
  if (!seconds || !size) return "Unable to process input video. Please retry or check the file.";
  const ratio = size.width * 9 === size.height * 16
    ? "16:9"
    : size.width * 16 === size.height * 9
    ? "9:16"
    : `${size.width}:${size.height}`;
  return { seconds, ratio, operation: null };
}
