/** A reference as bytes that can be sent more than once: a start whose answer was lost is repeated. */
import { nameContent } from "../../references/file-kinds.ts";
import { videoBytesMaximum } from "../../references/limits.ts";
import { sniffBytes } from "../../references/sniff.ts";
import { readPath } from "./read-path.ts";
import type { ReferencePlace } from "./reference-place.ts";
import { UnusableReference } from "./unusable-reference.ts";

export interface ReferenceFile {
  readonly blob: Blob;
  /** Never empty: a form's part without a name is a text. */
  readonly fileName: string;
}

/**
 * @param fallbackName for what has no name of its own
 * @throws UnusableReference when it cannot be read or fetched, and the signal's reason
 */
export async function readReference(
  place: ReferencePlace,
  fallbackName: string,
  fetchAddress: typeof fetch,
  signal: AbortSignal,
): Promise<ReferenceFile> {
  const blob = await blobOf(place, fetchAddress, signal);
  return { blob: await labelled(blob), fileName: nameOf(place) || fallbackName };
}

async function blobOf(place: ReferencePlace, fetchAddress: typeof fetch, signal: AbortSignal): Promise<Blob> {
  switch (place.kind) {
    case "address":
      return await fetched(place.address, fetchAddress, signal);
    case "path":
      return await readPath(place.path);
    case "bytes":
      return new Blob([place.bytes]);
    case "blob":
      return place.blob;
    case "stream":
      return await streamed(place.stream, signal).catch((cause) => {
        if (signal.aborted || cause instanceof UnusableReference) throw cause;
        throw new UnusableReference("reference_unusable", "The stream could not be read to its end.", cause);
      });
  }
}

async function fetched(address: string, fetchAddress: typeof fetch, signal: AbortSignal): Promise<Blob> {
  try {
    const { ok, status, body } = await fetchAddress(address, { signal });
    if (ok && body) return await streamed(body, signal);
    await body?.cancel();
    throw new UnusableReference("reference_fetch_failed", `${address} answered with the status ${status}.`);
  } catch (cause) {
    if (signal.aborted || cause instanceof UnusableReference) throw cause;
    throw new UnusableReference("reference_fetch_failed", `${address} could not be fetched.`, cause);
  }
}

/** What is larger than any reference may be would only fill the memory. */
async function streamed(stream: ReadableStream<Uint8Array>, signal: AbortSignal): Promise<Blob> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const bounded = new WritableStream<Uint8Array>({
    write(chunk) {
      bytes += chunk.byteLength;
      if (bytes > videoBytesMaximum) throw new UnusableReference("payload_too_large", tooLarge);
      chunks.push(chunk);
    },
  });
  await stream.pipeTo(bounded, { signal });
  return new Blob(chunks);
}

const tooLarge = `This is larger than ${videoBytesMaximum / 1_000_000} MB, which no reference may be.`;

/** The service looks at the content itself; whoever stands between may look at the label. */
async function labelled(blob: Blob): Promise<Blob> {
  if (blob.type !== "") return blob;
  const head = new Uint8Array(await blob.slice(0, sniffBytes).arrayBuffer());
  const contentType = head.length > 0 ? nameContent(head).contentType : null;
  return blob.slice(0, blob.size, contentType ?? "application/octet-stream");
}

function nameOf(place: ReferencePlace): string {
  switch (place.kind) {
    case "address":
      return lastOf(new URL(place.address).pathname);
    case "path":
      return lastOf(place.path instanceof URL ? place.path.pathname : place.path);
    case "blob":
      return place.blob instanceof File ? lastOf(place.blob.name) : "";
    case "bytes":
    case "stream":
      return "";
  }
}

/** The last part of a path, of either kind of slash. */
function lastOf(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? "";
}
