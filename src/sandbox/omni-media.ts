/** The pictures and reference videos of an interaction: read as far as it takes to know what they are. */
import { isActive } from "./gemini-files.ts";
import { googleError, inactiveFile } from "./google-errors.ts";
import { fileIdOf } from "./extension-rules.ts";
import { interactionError } from "./omni-errors.ts";
import type { OmniMedia } from "./omni-request.ts";
import { decodeSample, type SampledBytes } from "./sampled-bytes.ts";
import type { Sandbox } from "./sandbox.ts";
import { findPictureProblem } from "./veo-rules.ts";
import { readVideo } from "./video.ts";

const referenceSecondsMaximum = 3;

/** @returns the refusal of the first one that cannot be used, or null */
export function findMediaProblem(sandbox: Sandbox, media: readonly OmniMedia[]): Response | null {
  for (const one of media) {
    const problem = findProblem(sandbox, one);
    if (problem) return problem;
  }
  return null;
}

/** What is known of one; null when it is not there, or not base64. */
export function sampleOf(sandbox: Sandbox, { data, uri }: OmniMedia): SampledBytes | null {
  if (data) return decodeSample(data);
  const file = findUpload(sandbox, uri ?? "");
  return file ? { ...file, length: file.received } : null;
}

function findUpload(sandbox: Sandbox, uri: string) {
  return sandbox.files.find(fileIdOf(uri) ?? "", sandbox.now());
}

function findProblem(sandbox: Sandbox, media: OmniMedia): Response | null {
  const { type, data, uri, mime_type = "" } = media;
  if ((data === undefined) === (uri === undefined)) {
    return interactionError(`Exactly one of 'data' and 'uri' must be set in a part of type ${type}.`);
  }
  const file = uri === undefined ? undefined : findUpload(sandbox, uri);
  if (uri !== undefined && !file) {
    const message = `You do not have permission to access the File ${fileIdOf(uri)} or it may not exist.`;
    return googleError("PERMISSION_DENIED", message);
  }
  if (file && !isActive(file, sandbox.now())) return inactiveFile(file.id);
  const sample = sampleOf(sandbox, media);
  if (sample === null) return interactionError("'data' is not valid base64.");
  const problem = type === "image" ? findPictureProblem(sample, mime_type) : findVideoProblem(sample, mime_type);
  return problem === null ? null : interactionError(problem);
}

function findVideoProblem(sample: SampledBytes, mimeType: string): string | null {
  const video = readVideo(sample);
  if (!video?.seconds) return "Unable to process input video. Please retry or check the file.";
  if (video.contentType !== mimeType) return "The video does not match its mime type.";
  if (video.seconds <= referenceSecondsMaximum) return null;
  return `A reference video can be ${referenceSecondsMaximum} seconds long, but got: ${video.seconds} seconds.`;
}
