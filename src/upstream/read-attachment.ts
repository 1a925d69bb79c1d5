/** The bytes of an attachment, piece by piece, as they are or in base64; checked against the announced length. */
import { base64Of } from "../base64.ts";
import type { Attachment } from "./attachment.ts";

/** A file turned out shorter or longer than announced, or could not be read. The request that carried it is void. */
export class AttachmentError extends Error {
  override readonly name = "AttachmentError";
}

/**
 * Bytes encoded at once: a multiple of 3, so that no padding falls between two pieces. 48 KiB is as much as the network
 * takes at a time; larger pieces would only stand in memory.
 */
const blockBytes = 48 * 1_024;

/**
 * Opens the attachment when the first piece is asked for, and closes it when the last one was given or the caller
 * stops.
 *
 * @throws AttachmentError when the file is not exactly as long as announced, or breaks off
 */
export async function* readAttachment(attachment: Attachment): AsyncGenerator<Uint8Array> {
  const reader = (await opened(attachment)).getReader();
  let bytes = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((cause: unknown) => {
        throw new AttachmentError("A file broke off while it was read.", { cause });
      });
      if (done) break;
      bytes += value.byteLength;
      if (bytes > attachment.bytes) throw new AttachmentError("A file is longer than announced.");
      yield value;
    }
    if (bytes < attachment.bytes) throw new AttachmentError("A file is shorter than announced.");
  } finally {
    // Also reached when the caller stops early; a file that was read to its end is not harmed by it.
    await reader.cancel().catch(() => {});
  }
}

async function opened(attachment: Attachment): Promise<ReadableStream<Uint8Array>> {
  try {
    return await attachment.open();
  } catch (cause) {
    throw new AttachmentError("A file could not be opened.", { cause });
  }
}

/** Length of `bytes` bytes in base64, with padding. */
export function base64Length(bytes: number): number {
  return Math.ceil(bytes / 3) * 4;
}

/**
 * The attachment in base64, as ASCII bytes, whatever the sizes of the pieces it is read in.
 *
 * @throws AttachmentError as {@link readAttachment}
 */
export async function* readBase64(attachment: Attachment): AsyncGenerator<Uint8Array> {
  let rest = new Uint8Array(0);
  for await (const piece of readAttachment(attachment)) {
    let offset = 0;
    while (rest.byteLength + piece.byteLength - offset >= 3) {
      const room = blockBytes - rest.byteLength;
      const block = joined(rest, piece.subarray(offset, offset + room));
      offset += block.byteLength - rest.byteLength;
      const whole = block.byteLength - block.byteLength % 3;
      rest = block.slice(whole);
      yield encoded(block.subarray(0, whole));
    }
    rest = joined(rest, piece.subarray(offset));
  }
  if (rest.byteLength > 0) yield encoded(rest);
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(first.byteLength + second.byteLength);
  both.set(first);
  both.set(second, first.byteLength);
  return both;
}

const text = new TextEncoder();

function encoded(bytes: Uint8Array): Uint8Array {
  return text.encode(base64Of(bytes));
}
