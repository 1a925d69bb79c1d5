/** The references of an order on their way into the store, by the rules of the service's own uploads. */
import type { OpenOptions } from "../../addresses/open-address.ts";
import { fetchInto } from "../../references/fetch-references.ts";
import { imageFields, videoField } from "../../references/fields.ts";
import { imageBytesMaximum, videoBytesMaximum } from "../../references/limits.ts";
import type { StoredReferences } from "../../references/receive-multipart.ts";
import { imageContentTypes, videoContentTypes } from "../../references/schema.ts";
import {
  type IncomingReference,
  type ReferenceStore,
  type StoredReference,
  storeImage,
  storeVideo,
} from "../../references/store-reference.ts";
import { chunksOf } from "../../storage/chunks.ts";
import { readPath } from "../references/read-path.ts";
import type { ReferencePlace } from "../references/reference-place.ts";
import { UnusableReference } from "../references/unusable-reference.ts";
import type { ReferencePlaces } from "./reference-places.ts";

export interface TakeOptions {
  readonly store: ReferenceStore;
  readonly open: OpenOptions;
  /** Ends the taking in. */
  readonly signal: AbortSignal;
}

/**
 * One after the other: each may have a hundred megabytes.
 *
 * @throws the signal's reason, and what the store fails with
 */
export async function takeReferences(
  { images, video }: ReferencePlaces,
  options: TakeOptions,
): Promise<StoredReferences> {
  const takenImages = [];
  for (const [index, place] of images.entries()) {
    const field = imageFields[index] ?? `reference_image${index + 1}`;
    takenImages.push(await take({ place, field, ...imageKind }, storeImage, options));
  }
  const takenVideo = video && await take({ place: video, field: videoField, ...videoKind }, storeVideo, options);
  return {
    images: takenImages.flatMap((image) => image.ok ? [image.value] : []),
    video: takenVideo?.ok ? takenVideo.value : null,
    problems: [...takenImages, ...(takenVideo ? [takenVideo] : [])].flatMap((taken) => taken.ok ? [] : [taken.problem]),
  };
}

const imageKind = { accept: imageContentTypes, bytesMaximum: imageBytesMaximum };
const videoKind = { accept: videoContentTypes, bytesMaximum: videoBytesMaximum };

interface Wanted {
  readonly place: ReferencePlace;
  readonly field: string;
  readonly accept: readonly string[];
  readonly bytesMaximum: number;
}

async function take<Stored>(
  { place, field, ...wanted }: Wanted,
  storeIn: (incoming: IncomingReference, store: ReferenceStore) => Promise<StoredReference<Stored>>,
  { store, open, signal }: TakeOptions,
): Promise<StoredReference<Stored>> {
  signal.throwIfAborted();
  try {
    if (place.kind === "address") {
      const target = { field, name: field };
      return await fetchInto(target, place.address, wanted, open, (incoming) => storeIn(incoming, store));
    }
    const { body, declared } = await bodyOf(place);
    return await storeIn({ field, name: field, body: endingWith(signal, body), declared }, store);
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof UnusableReference)) throw error;
    return { ok: false, problem: { field, code: error.code, message: error.message } };
  }
}

/** Of a `Blob`, a file and bytes the type is told by the content alone: what programs write there is seldom looked at. */
async function bodyOf(place: Exclude<ReferencePlace, { kind: "address" }>) {
  switch (place.kind) {
    case "path":
      return { body: chunksOf((await readPath(place.path)).stream()), declared: null };
    case "bytes":
      return { body: chunksOf(new Blob([place.bytes]).stream()), declared: null };
    case "blob":
      return { body: chunksOf(place.blob.stream()), declared: null };
    case "stream":
      return { body: chunksOf(place.stream), declared: null };
  }
}

async function* endingWith(
  signal: AbortSignal,
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void> {
  for await (const chunk of chunks) {
    signal.throwIfAborted();
    yield chunk;
  }
}
