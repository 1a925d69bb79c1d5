/**
 * JSON bodies that carry files in base64. The SDKs build a body as one string; three pictures of 20 MB in it would
 * stand in memory several times over. So a placeholder stands in the string, and on its way out the file is read in its
 * place.
 */
import type { Attachment } from "./attachment.ts";
import type { Fetch } from "./fetch.ts";
import { base64Length, readBase64 } from "./read-attachment.ts";
import { sendStream } from "./send-stream.ts";

/** A place in a JSON body for one file. */
export interface Slot {
  readonly attachment: Attachment;
  /** Goes into a JSON string where the file's base64 will stand. Unguessable, so no customer's text is taken for it. */
  readonly placeholder: string;
}

export function reserveSlot(attachment: Attachment): Slot {
  return { attachment, placeholder: `attachment:${crypto.randomUUID()}:${crypto.randomUUID()}` };
}

/** A `data:` URL with the slot's placeholder as its content. */
export function dataUrlOf({ attachment, placeholder }: Slot): string {
  return `data:${attachment.contentType};base64,${placeholder}`;
}

/**
 * A `fetch` that puts the files into their places: JSON text up to a placeholder, the file in base64, and so on, as one
 * stream with `Content-Length`. One file is open at a time. A request without a placeholder goes out as it is.
 *
 * @throws AttachmentError when a file is not as long as announced
 * @throws NotSentError when the request failed before it was handed over in full
 */
export function attachingFetch(fetch: Fetch, slots: readonly Slot[]): Fetch {
  return (input, init) => {
    const parts = typeof init?.body === "string" ? split(init.body, slots) : [];
    if (!init || !parts.some(isSlot)) return fetch(input, init);
    return sendStream(fetch, input, init, { bytes: totalBytes(parts), pieces: () => joined(parts) });
  };
}

/**
 * A `fetch` that hands its text over bit by bit, so that it is known whether a request that failed was sent in full: for
 * requests that cost money and carry no file.
 *
 * @throws NotSentError when the request failed before it was handed over in full
 */
export function piecewiseFetch(fetch: Fetch): Fetch {
  return (input, init) => {
    if (typeof init?.body !== "string") return fetch(input, init);
    const bytes = text.encode(init.body);
    return sendStream(fetch, input, init, { bytes: bytes.length, pieces: () => inPieces(bytes) });
  };
}

/** The network takes the first ones before there is a connection. */
const piecesMinimum = 8;

async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  const size = Math.ceil(bytes.length / piecesMinimum);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

type Part = Uint8Array | Slot;

const text = new TextEncoder();

/** The body cut at its placeholders. */
function split(body: string, slots: readonly Slot[]): Part[] {
  const found = slots.flatMap((slot) => {
    const index = body.indexOf(slot.placeholder);
    return index < 0 ? [] : [{ slot, index }];
  }).sort((first, second) => first.index - second.index);
  const parts: Part[] = [];
  let end = 0;
  for (const { slot, index } of found) {
    parts.push(text.encode(body.slice(end, index)), slot);
    end = index + slot.placeholder.length;
  }
  parts.push(text.encode(body.slice(end)));
  return parts;
}

function isSlot(part: Part): part is Slot {
  return "attachment" in part;
}

function totalBytes(parts: readonly Part[]): number {
  return parts.reduce(
    (bytes, part) => bytes + (isSlot(part) ? base64Length(part.attachment.bytes) : part.byteLength),
    0,
  );
}

async function* joined(parts: readonly Part[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) {
    if (isSlot(part)) yield* readBase64(part.attachment);
    else if (part.byteLength > 0) yield part;
  }
}
