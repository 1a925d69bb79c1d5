/** What the ledger keeps of the pictures and videos of a request. */
import type { LongText } from "./long-text.ts";
import { readPicture } from "./picture.ts";
import { decodeSample, type SampledBytes } from "./sampled-bytes.ts";
import { readVideo } from "./video.ts";

/** @param base64 undefined for a picture that is given by its address */
export function summarisePicture(base64: LongText | undefined, mimeType: string | undefined) {
  const sample = base64 && decodeSample(base64);
  const size = sample && readPicture(sample)?.size;
  return {
    mime_type: mimeType,
    bytes: sample?.length ?? null,
    width: size?.width ?? null,
    height: size?.height ?? null,
  };
}

/** @param sample null or undefined for a video that is not known */
export function summariseVideo(sample: SampledBytes | null | undefined, mimeType: string | undefined) {
  return {
    mime_type: mimeType,
    bytes: sample?.length ?? null,
    seconds: sample ? readVideo(sample)?.seconds ?? null : null,
  };
}
