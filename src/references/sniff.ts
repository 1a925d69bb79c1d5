/**
 * What a file is, told by its first bytes. The one place that decides what is taken:
 *
 * - The content decides. A name or Content-Type is a claim: shops and phones name JPEGs `.png` every day, and whoever
 *   gets the file from us is told the true type, so a picture that is really another kind of picture is taken as what
 *   it is. That mislabelling harms nobody.
 * - A file whose content is not of a kind taken here is refused whatever it claims, and its true kind is named; the
 *   claim is named with it when it was one we would have taken, since the sender believes to have sent the right thing.
 */
import { nameContent } from "./file-kinds.ts";
import { Refusal } from "./refusal.ts";
import { imageContentTypes, videoContentTypes } from "./schema.ts";

/** Enough to see the brands of an MP4, the document type of a WebM, and that a text is text. */
export const sniffBytes = 512;

const wanted = {
  image: { types: imageContentTypes, send: "Send JPEG, PNG or WebP." },
  video: { types: videoContentTypes, send: "Send MP4, MOV or WebM." },
} as const;

/**
 * @param head the first {@link sniffBytes} of a file, or all of it when it is shorter
 * @param declared the Content-Type it came with, if any
 * @throws {Refusal} `reference_unusable` when it is empty, `unsupported_media_type` when it is something else
 */
export function sniffImage(head: Uint8Array, declared: string | null): (typeof imageContentTypes)[number] {
  const { contentType } = identify(head);
  const found = imageContentTypes.find((type) => type === contentType);
  if (found) return found;
  throw refuse(head, "image", declared);
}

/** Like {@link sniffImage}, for a video. */
export function sniffVideo(head: Uint8Array, declared: string | null): (typeof videoContentTypes)[number] {
  const { contentType } = identify(head);
  const found = videoContentTypes.find((type) => type === contentType);
  if (found) return found;
  throw refuse(head, "video", declared);
}

function identify(head: Uint8Array) {
  if (head.length === 0) throw new Refusal("reference_unusable", "The file is empty.");
  return nameContent(head);
}

function refuse(head: Uint8Array, kind: keyof typeof wanted, declared: string | null): Refusal {
  const { types, send } = wanted[kind];
  const claim = types.find((type) => type === declared?.split(";", 1)[0]?.trim().toLowerCase());
  const { name } = identify(head);
  const what = claim ? `This is labelled ${claim}, but it is ${name}.` : `This is ${name}.`;
  return new Refusal("unsupported_media_type", `${what} ${send}`);
}
