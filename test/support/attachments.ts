/** Files that go to an upstream, made of numbers, with a record of how they were read. */
import type { Attachment } from "../../src/upstream/attachment.ts";

export interface RecordedAttachment extends Attachment {
  readonly content: Uint8Array<ArrayBuffer>;
  readonly log: { opened: number; closed: number; pulledBytes: number };
}

/**
 * An attachment of `content`, read in pieces of `pieceBytes`.
 *
 * @param options.announcedBytes what it claims to be long, when that is not the truth
 */
export function attachmentOf(
  content: Uint8Array<ArrayBuffer>,
  options: { contentType?: string; pieceBytes?: number; announcedBytes?: number } = {},
): RecordedAttachment {
  const pieceBytes = options.pieceBytes ?? 65_536;
  const log = { opened: 0, closed: 0, pulledBytes: 0 };
  return {
    content,
    log,
    contentType: options.contentType ?? "image/jpeg",
    bytes: options.announcedBytes ?? content.byteLength,
    open: () => {
      log.opened += 1;
      let offset = 0;
      const stream = new ReadableStream<Uint8Array>({
        pull(controller) {
          if (offset >= content.byteLength) {
            log.closed += 1;
            return controller.close();
          }
          const piece = content.slice(offset, offset + pieceBytes);
          offset += piece.byteLength;
          log.pulledBytes += piece.byteLength;
          controller.enqueue(piece);
        },
        cancel() {
          log.closed += 1;
        },
      }, { highWaterMark: 0 });
      return Promise.resolve(stream);
    },
  };
}

/** Bytes that go through all values and do not repeat in step with base64's groups of three. */
export function countingBytes(length: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length }, (_, index) => (index * 7 + (index >> 8)) % 256);
}
