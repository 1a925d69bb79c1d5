/** From an operation on Vertex AI's wire to where its clip is. Pure. */
import { bytesOfBase64 } from "../base64.ts";
import { longStringIn } from "../upstream/long-strings.ts";
import type { ClipStatus } from "./model.ts";
import { endedStatus } from "./veo-status.ts";
import {
  type InlineFile,
  objectPath,
  type OperationOnWire,
  type StoredFile,
  type StoredOperation,
} from "./vertex-wire.ts";

/**
 * @param storageUri where the clip was to be stored, or null
 * @returns null when videos are listed, and none of them can be read
 */
export function clipStatus(
  operation: OperationOnWire,
  stored: StoredOperation,
  storageUri: string | null,
): ClipStatus | null {
  if (!operation.done) return { state: "pending" };
  const { response, error } = operation;
  const status = endedStatus({
    file: storedFile(operation) ?? inlineFile(operation, stored),
    listed: response?.videos?.length ?? 0,
    error,
    filtered: response ?? {},
  });
  return status?.state === "failed" && storageUri === null ? withStorageHint(status) : status;
}

/** "Generated video is large, an output storage uri is required." is code 3, like every other wrong request. */
function withStorageHint(status: Extract<ClipStatus, { state: "failed" }>): ClipStatus {
  return { ...status, note: `${status.note}; large videos need VERTEX_STORAGE_URI, which is not set` };
}

function storedFile({ response }: OperationOnWire): StoredFile | null {
  const uris = response?.videos?.map((video) => video?.gcsUri) ?? [];
  const uri = uris.find((address) => address && objectPath(address) !== null);
  return uri ? { gcs_uri: uri } : null;
}

function inlineFile({ response }: OperationOnWire, operation: StoredOperation): InlineFile | null {
  for (const video of response?.videos ?? []) {
    const text = video?.bytesBase64Encoded;
    if (!text) continue;
    const long = longStringIn(text);
    const bytes = long ? long.bytes : decodedShort(text)?.byteLength ?? 0;
    if (bytes > 0) return { operation, order: long?.order ?? null, bytes };
  }
  return null;
}

/** The clip of an operation's answer that is short enough to stand in it as an ordinary string. */
export function shortClip({ response }: OperationOnWire): Uint8Array<ArrayBuffer> | null {
  for (const video of response?.videos ?? []) {
    const text = video?.bytesBase64Encoded;
    const bytes = text && longStringIn(text) === null ? decodedShort(text) : null;
    if (bytes?.byteLength) return bytes;
  }
  return null;
}

function decodedShort(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return bytesOfBase64(text);
  } catch {
    return null;
  }
}
