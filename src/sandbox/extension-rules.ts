/**
 * Which videos Veo 3.1 extends on the Gemini API: those it made itself, 720p, at most 141 s long, in the ratio that is
 * asked for, at most 20 times. Source: Google's documentation of Veo 3.1 (March 2026); the sentence about the ratio is
 * in a report of a live answer (js-genai#1176).
 */
import type { StoredOperation } from "./operation-store.ts";

/** What one extension adds. */
export const extensionSeconds = 7;
const inputSecondsMaximum = 141;
const extensionsMaximum = 20;

/** @returns the name in a file's address, whatever host it is at; null when it is not a file's address */
export function fileIdOf(uri: string): string | null {
  return /\/files\/(\w+)(?::download)?(?:\?.*)?$/.exec(uri)?.[1] ?? null;
}

/** @returns what the API answers with `INVALID_ARGUMENT`, or null for a video that it extends */
export function findExtensionProblem(
  video: Pick<StoredOperation, "aspect_ratio" | "resolution" | "seconds" | "extensions">,
  aspectRatio: string,
): string | null {
  if (video.aspect_ratio !== aspectRatio) {
    return `Aspect ratio of the input video must be ${aspectRatio}, but got: ${video.aspect_ratio}`;
  }
  if (video.resolution !== "720p") return `Resolution of the input video must be 720p, but got: ${video.resolution}`;
  if (video.extensions >= extensionsMaximum) {
    return `The input video was extended ${video.extensions} times. A video can be extended ${extensionsMaximum} times.`;
  }
  if (video.seconds <= inputSecondsMaximum) return null;
  return `The input video is too long: ${video.seconds} seconds. The maximum is ${inputSecondsMaximum} seconds.`;
}
