/** Where a reference is: behind an address, in a file, or already in this process. Pure. */
import type { Reference } from "../order.ts";

export type ReferencePlace =
  | { readonly kind: "address"; readonly address: string }
  | { readonly kind: "path"; readonly path: string | URL }
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  | { readonly kind: "blob"; readonly blob: Blob }
  | { readonly kind: "stream"; readonly stream: ReadableStream<Uint8Array> };

/** @returns null for what is no reference: programs without types may give anything */
export function placeOf(reference: Reference): ReferencePlace | null {
  if (typeof reference === "string") return placeOfText(reference);
  if (reference instanceof URL) return placeOfUrl(reference);
  if (reference instanceof Blob) return { kind: "blob", blob: reference };
  if (reference instanceof ReadableStream) return { kind: "stream", stream: reference };
  if (reference instanceof ArrayBuffer) return { kind: "bytes", bytes: new Uint8Array(reference) };
  if (ArrayBuffer.isView(reference)) return { kind: "bytes", bytes: reference };
  return null;
}

function placeOfText(text: string): ReferencePlace | null {
  if (text === "") return null;
  if (/^https?:\/\//i.test(text)) return { kind: "address", address: text };
  if (/^file:\/\//i.test(text) && URL.canParse(text)) return { kind: "path", path: new URL(text) };
  return { kind: "path", path: text };
}

function placeOfUrl(url: URL): ReferencePlace | null {
  switch (url.protocol) {
    case "http:":
    case "https:":
      return { kind: "address", address: url.href };
    case "file:":
      return { kind: "path", path: url };
    default:
      return null;
  }
}
