/**
 * `POST /veo31/generate-from-urls`: the addresses are asked side by side, then one body after the other is stored under an
 * upload's rules. One at a time, because each holds a part of R2's in memory: four requests' worth of pictures and videos
 * would fill the isolate.
 */
import { AddressError } from "../addresses/address-error.ts";
import { openAddress, type OpenOptions } from "../addresses/open-address.ts";
import type { FieldProblem } from "../errors.ts";
import { PartBuffer } from "../storage/part-buffer.ts";
import { deletePrefix } from "../storage/task-files.ts";
import { addressProblem } from "./address-problem.ts";
import { imageFields, imageUrlsField, videoField, videoUrlField } from "./fields.ts";
import { imageBytesMaximum, videoBytesMaximum } from "./limits.ts";
import { createTurns } from "../in-turn.ts";
import type { StoredReferences } from "./receive-multipart.ts";
import { Refusal } from "./refusal.ts";
import { contentLengthOf } from "./request-body.ts";
import { imageContentTypes, videoContentTypes } from "./schema.ts";
import {
  type IncomingReference,
  type ReferenceStore,
  type StoredReference,
  storeImage,
  storeVideo,
  tooLarge,
} from "./store-reference.ts";

export interface ReferenceAddresses {
  /** 1 to 3, see `splitImageUrls`. */
  readonly imageUrls: readonly string[];
  readonly videoUrl: string | null;
}

/**
 * Fetches references into the store's prefix. Problems are those of `reference_image_urls[0]` and so on, and of
 * `video_reference_url`.
 *
 * @throws what R2 fails with; nothing is left under the prefix then
 */
export async function fetchReferences(
  { imageUrls, videoUrl }: ReferenceAddresses,
  store: ReferenceStore,
  options: OpenOptions,
): Promise<StoredReferences> {
  const inTurn = createTurns();
  const buffer = new PartBuffer();
  const images = imageUrls.map((url, index) =>
    fetchInto(
      { field: `${imageUrlsField}[${index}]`, name: imageFields[index] ?? `reference_image${index + 1}` },
      url,
      { accept: imageContentTypes, bytesMaximum: imageBytesMaximum },
      options,
      (incoming) => inTurn(() => storeImage({ ...incoming, buffer }, store)),
    )
  );
  const videos = videoUrl === null ? [] : [fetchInto(
    { field: videoUrlField, name: videoField },
    videoUrl,
    { accept: videoContentTypes, bytesMaximum: videoBytesMaximum },
    options,
    (incoming) => inTurn(() => storeVideo({ ...incoming, buffer }, store)),
  )];
  // All of them are over before anything is deleted: one still under way would store its file afterwards.
  const settled = await Promise.allSettled([...images, ...videos]);
  const failed = settled.find((result) => result.status === "rejected");
  if (failed) {
    await deletePrefix(store.bucket, store.prefix);
    throw failed.reason;
  }
  const fetchedImages = await Promise.all(images);
  const [fetchedVideo] = await Promise.all(videos);
  return {
    images: fetchedImages.flatMap((image) => image.ok ? [image.value] : []),
    video: fetchedVideo?.ok ? fetchedVideo.value : null,
    problems: [...fetchedImages, ...(fetchedVideo ? [fetchedVideo] : [])].flatMap(problemOf),
  };
}

function problemOf(stored: StoredReference<unknown>): FieldProblem[] {
  return stored.ok ? [] : [stored.problem];
}

/**
 * Fetches one reference and hands it on to be stored.
 *
 * @returns what `storeIncoming` gives, or what is wrong with the address
 * @throws what `storeIncoming` throws
 */
export async function fetchInto<Stored>(
  target: { readonly field: string; readonly name: string },
  url: string,
  wanted: { readonly accept: readonly string[]; readonly bytesMaximum: number },
  options: OpenOptions,
  storeIncoming: (incoming: IncomingReference) => Promise<StoredReference<Stored>>,
): Promise<StoredReference<Stored>> {
  try {
    const opened = await openAddress(url, wanted.accept, options);
    const bytesExpected = bytesAnnounced(opened.headers);
    if ((bytesExpected ?? 0) > wanted.bytesMaximum) {
      await opened.cancel();
      throw tooLarge(wanted.bytesMaximum);
    }
    const declared = opened.headers.get("content-type");
    return await storeIncoming({ ...target, body: opened.chunks, declared, bytesExpected });
  } catch (error) {
    if (error instanceof AddressError) return { ok: false, problem: addressProblem(error, target.field) };
    if (error instanceof Refusal) return { ok: false, problem: error.ofField(target.field) };
    throw error;
  }
}

/** The announced length of what will be read; a compressed answer announces another one. */
function bytesAnnounced(headers: Headers): number | null {
  return headers.has("content-encoding") ? null : contentLengthOf(headers);
}
