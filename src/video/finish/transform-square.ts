/**
 * The middle square made by Cloudflare Media Transformations, where the Worker has the binding. It decodes and encodes
 * anew: every player shows the right rows, at the price of a generation of quality, of the file's Content Credentials,
 * and of a transformation a second (https://developers.cloudflare.com/stream/pricing/).
 *
 * Its limits are those of https://developers.cloudflare.com/stream/transform-videos/ and of its page "Bind to Workers
 * API", as of 2026.
 */

/** "Input video must be less than 100MB." */
const inputBytesLimit = 100_000_000;

/** `duration`: "Acceptable range: 1s - 60s"; of a longer input the rest would be missing without a word. */
const outputSecondsMinimum = 1;
const outputSecondsMaximum = 60;

/** A video of 60 s may be longer by its last AAC frame (21 ms), and a delivered length is right within a frame of 1/24 s. */
const toleranceSeconds = 1 / 24;

/** `width` and `height`: "Acceptable range: 10-2000 pixels". */
const sidePixelsMinimum = 10;
const sidePixelsMaximum = 2_000;

/** Makes the square of that side, in pixels, of an MP4. Rejects with the binding's `MediaError`. */
export type SquareTransformer = (body: ReadableStream<Uint8Array>, side: number) => Promise<ReadableStream<Uint8Array>>;

/**
 * Whether Media Transformations can make this square.
 *
 * @returns null when it can; else why not, and then the square is made by the cropping window
 */
export function transformProblem(
  { bytes, durationSeconds, side }: { bytes: number; durationSeconds: number; side: number },
): string | null {
  if (bytes >= inputBytesLimit) return `the video has ${bytes} bytes; less than ${inputBytesLimit} are accepted`;
  if (durationSeconds < outputSecondsMinimum || durationSeconds > outputSecondsMaximum + toleranceSeconds) {
    return `the video is ${durationSeconds} s long; ${outputSecondsMinimum} to ${outputSecondsMaximum} s can be made`;
  }
  if (side < sidePixelsMinimum || side > sidePixelsMaximum) {
    return `the square has a side of ${side} pixels; ${sidePixelsMinimum} to ${sidePixelsMaximum} can be made`;
  }
  return null;
}

/**
 * The transformer of a binding. `cover` fills the square and cuts what stands over evenly on both sides ("a
 * center-weighted crop"); the length is that of the input, which is what leaving `duration` out means.
 */
export function squareTransformer(media: MediaBinding): SquareTransformer {
  // Async, so that what `input` and `output` throw at once becomes a rejection like all else.
  return async (body, side) =>
    await media.input(body)
      .transform({ width: side, height: side, fit: "cover" })
      .output({ mode: "video", audio: true })
      .media();
}
