/** Forms as clients send them, byte for byte, so that they can be cut, chunked and spoilt. */
import { joined } from "./pictures.ts";

export interface FormPart {
  readonly name: string;
  readonly content: Uint8Array | string;
  /** Null for a text field. */
  readonly filename?: string | null;
  readonly contentType?: string;
}

export const testBoundary = "----test7MA4YWxkTrZu0gW";

const encoder = new TextEncoder();

export function formBody(parts: readonly FormPart[], boundary: string = testBoundary): Uint8Array {
  const pieces = parts.flatMap(({ name, content, filename = null, contentType }) => [
    encoder.encode(
      `--${boundary}\r\nContent-Disposition: form-data; name="${name}"` +
        (filename === null ? "" : `; filename="${filename}"`) +
        (contentType ? `\r\nContent-Type: ${contentType}` : "") + "\r\n\r\n",
    ),
    typeof content === "string" ? encoder.encode(content) : content,
    encoder.encode("\r\n"),
  ]);
  return joined(...pieces, encoder.encode(`--${boundary}--\r\n`));
}

export function file(name: string, content: Uint8Array, contentType = "application/octet-stream"): FormPart {
  return { name, content, filename: "photo.bin", contentType };
}

export function text(name: string, content: string): FormPart {
  return { name, content };
}

/** Bytes in pieces of a size, as a stream that knows no length. */
export function inPieces(bytes: Uint8Array, size: number): ReadableStream<Uint8Array> {
  let offset = 0;
  return new ReadableStream({
    pull(controller) {
      if (offset >= bytes.length) return controller.close();
      controller.enqueue(bytes.slice(offset, offset + size));
      offset += size;
    },
  });
}

/** The bytes and then a broken connection. */
export function brokenAfter(bytes: Uint8Array): ReadableStream<Uint8Array> {
  let sent = false;
  return new ReadableStream({
    pull(controller) {
      if (sent) return controller.error(new Error("connection lost"));
      sent = true;
      controller.enqueue(bytes.slice());
    },
  });
}

export function formRequest(
  body: Uint8Array | ReadableStream<Uint8Array>,
  headers: Record<string, string> = {},
): Request {
  const contentType = `multipart/form-data; boundary=${testBoundary}`;
  return new Request("http://localhost/veo31/generate", {
    method: "POST",
    body,
    headers: { "content-type": contentType, ...headers },
  });
}
