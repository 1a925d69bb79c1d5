/** From an order to the request that carries it: addresses as JSON, anything else as a form with files. */
import type { FieldProblem } from "../../errors.ts";
import { imageFields, imageUrlsField, videoField, videoUrlField } from "../../references/fields.ts";
import { fieldsOf, inArguments } from "../argument-names.ts";
import { RequestRefusedError } from "../errors.ts";
import type { Order, Reference } from "../order.ts";
import { readReference, type ReferenceFile } from "../references/read-reference.ts";
import { placeOf, type ReferencePlace } from "../references/reference-place.ts";
import { UnusableReference } from "../references/unusable-reference.ts";

/** What `fetch` sends; every body of it can be sent again. */
export interface OrderRequest {
  readonly path: string;
  readonly body: FormData | string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A reference and the field that it would have in a form. */
interface NamedPlace {
  readonly field: string;
  readonly place: ReferencePlace;
}

const json = { "Content-Type": "application/json" } as const;

/**
 * Reads what has to be read.
 *
 * @throws RequestRefusedError with all references that cannot be used, and the signal's reason
 */
export async function requestOf(
  { referenceImages, videoReference, idempotencyKey: _, ...wishes }: Order,
  fetchAddress: typeof fetch,
  signal: AbortSignal,
): Promise<OrderRequest> {
  const images = namedPlaces(referenceImages);
  const video = videoReference === undefined ? null : namedPlace(videoField, videoReference);
  const fields = fieldsOf(wishes);
  const addresses = [...images, ...video ? [video] : []].map(({ place }) => place.kind === "address" && place.address);
  if (addresses.every((address) => address !== false)) {
    const imageUrls = addresses.slice(0, images.length);
    const videoUrls = addresses.slice(images.length);
    const body = {
      ...fields,
      [imageUrlsField]: imageUrls,
      ...videoUrls.length > 0 && { [videoUrlField]: videoUrls[0] },
    };
    return { path: "/veo31/generate-from-urls", body: JSON.stringify(body), headers: json };
  }
  const files = await readAll([...images, ...video ? [video] : []], fetchAddress, signal);
  return { path: "/veo31/generate", body: formOf(fields, files), headers: {} };
}

/** @throws RequestRefusedError */
function namedPlaces(references: readonly Reference[]): readonly NamedPlace[] {
  const count = Array.isArray(references) ? references.length : 0;
  if (count === 0 || count > imageFields.length) {
    const message = `Give a list of 1 to ${imageFields.length} pictures.`;
    throw refusal([{ field: "reference_images", code: "invalid_input", message }]);
  }
  return references.map((reference, index) => namedPlace(`reference_image${index + 1}`, reference));
}

/** @throws RequestRefusedError */
function namedPlace(field: string, reference: Reference): NamedPlace {
  const place = placeOf(reference);
  if (place) return { field, place };
  const message = "This is no reference. Give an address, a path, bytes, a Blob or a stream.";
  throw refusal([{ field, code: "invalid_input", message }]);
}

/** @throws RequestRefusedError with all that cannot be read */
async function readAll(
  places: readonly NamedPlace[],
  fetchAddress: typeof fetch,
  signal: AbortSignal,
): Promise<readonly [string, ReferenceFile][]> {
  const problems: FieldProblem[] = [];
  const files: [string, ReferenceFile][] = [];
  for (const { field, place } of places) {
    try {
      files.push([field, await readReference(place, field.replaceAll("_", "-"), fetchAddress, signal)]);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof UnusableReference)) throw error;
      problems.push({ field, code: error.code, message: error.message });
    }
  }
  if (problems.length > 0) throw refusal(problems);
  return files;
}

function formOf(fields: Readonly<Record<string, unknown>>, files: readonly [string, ReferenceFile][]): FormData {
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) form.set(field, String(value));
  for (const [field, { blob, fileName }] of files) form.set(field, blob, fileName);
  return form;
}

function refusal(problems: readonly FieldProblem[]): RequestRefusedError {
  return new RequestRefusedError(problems[0]?.code ?? "invalid_input", inArguments(problems), { problems });
}
