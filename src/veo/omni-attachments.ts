/** How pictures and excerpts go along with a request: inside it in base64, or uploaded before it and named by address. */
import { reserveSlot, type Slot } from "../upstream/attached-json.ts";
import type { Attachment } from "../upstream/attachment.ts";
import { type FilesOptions, googleContentType, type UploadedFile } from "../upstream/google-files.ts";
import { inlineBytesMaximum } from "../upstream/inline-limit.ts";
import { lendFile, type Wait } from "../upstream/lent-files.ts";
import { failed, type Fault, type Outcome, succeeded } from "../upstream/outcome.ts";
import { givenAddress } from "../upstream/stored-address.ts";
import type { ExcerptLimits } from "./model.ts";

/**
 * "Video references support a maximum of 3 clips, up to 3 seconds each"; they always go inside the request. 8 MB are three
 * such clips at 7 Mbit/s, the usual rate of 1080p, and leave room for pictures.
 */
export const excerptLimits: ExcerptLimits = {
  countMaximum: 3,
  secondsMaximum: 3,
  bytesMaximum: 8_000_000,
};

/** A part of the request's `input`, as it is on the wire. */
export interface MediaPart {
  readonly type: "image" | "video";
  readonly mime_type: string;
  readonly data?: string;
  readonly uri?: string;
}

export interface Attached {
  /** In the order of the pictures, then of the excerpts. */
  readonly parts: readonly MediaPart[];
  /** What is sent inside the request. */
  readonly slots: readonly Slot[];
}

/** Where files are lent to, and who is told of each. */
export interface Lending {
  readonly options: FilesOptions;
  readonly wait: Wait;
  lent(file: UploadedFile): void;
}

/** Which pictures still fit beside what is inside already. Pure. */
export function fitInside(bytesInside: number, pictures: readonly Pick<Attachment, "bytes">[]): boolean[] {
  let left = inlineBytesMaximum - bytesInside;
  return pictures.map(({ bytes }) => {
    const fits = bytes <= left;
    if (fits) left -= bytes;
    return fits;
  });
}

/**
 * Uploads what does not fit, side by side, and waits until it can be used.
 *
 * @returns a fault that says that nothing was asked for yet
 */
export async function attach(
  { options, wait, lent }: Lending,
  pictures: readonly Attachment[],
  excerpts: readonly Attachment[],
): Promise<Outcome<Attached>> {
  const inside = fitInside(excerpts.reduce((sum, { bytes }) => sum + bytes, 0), pictures);
  const outcomes = await Promise.all(pictures.map(async (picture, index) => {
    if (inside[index]) return succeeded(inlined("image", picture));
    const file = await lendFile(options, wait, picture, lent);
    return file.ok ? succeeded(uploaded(file.value, options.baseUrl)) : notAsked(file.fault);
  }));
  const pieces: Piece[] = [];
  for (const outcome of outcomes) {
    if (!outcome.ok) return outcome;
    pieces.push(outcome.value);
  }
  pieces.push(...excerpts.map((excerpt) => inlined("video", excerpt)));
  return succeeded({ parts: pieces.map(({ part }) => part), slots: pieces.flatMap(({ slot }) => slot ?? []) });
}

interface Piece {
  readonly part: MediaPart;
  readonly slot: Slot | null;
}

function inlined(type: MediaPart["type"], attachment: Attachment): Piece {
  const slot = reserveSlot(attachment);
  return { part: { type, mime_type: googleContentType(attachment.contentType), data: slot.placeholder }, slot };
}

function uploaded({ uri, mime_type }: UploadedFile, baseUrl: string): Piece {
  return { part: { type: "image", mime_type, uri: givenAddress(uri, baseUrl) }, slot: null };
}

/**
 * A lost answer to an upload is not one to the request for a clip, which nobody made yet; and a missing path is not a
 * missing model.
 */
function notAsked({ kind, note, retry_after_ms }: Fault) {
  const isAmbiguous = kind === "interrupted" || kind === "malformed" || kind === "not_found";
  return failed(isAmbiguous ? "unavailable" : kind, `a picture could not be uploaded: ${note}`, retry_after_ms);
}
