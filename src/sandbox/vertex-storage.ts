/** Cloud Storage, as far as Vertex AI puts clips there: reading an object (JSON API, `objects.get`). */
import { accept, answerCall, refuse } from "./answer-call.ts";
import { clipBytes } from "./clips.ts";
import { upstreamBase } from "./links.ts";
import type { StoredOperation } from "./operation-store.ts";
import type { Sandbox } from "./sandbox.ts";
import { clipResponse, redirectTo } from "./serve-clip.ts";

/** Where the n-th video of a clip is put. */
export function storedAt({ storage_uri, file_id }: StoredOperation, sample: number): string {
  return `${storage_uri}/${file_id}/sample_${sample}.mp4`;
}

/** @returns the clip that is at an address, when it was put there */
export function findStored(sandbox: Sandbox, gcsUri: string): StoredOperation | undefined {
  const fileId = /\/(\w+)\/sample_\d\.mp4$/.exec(gcsUri)?.[1] ?? "";
  const operation = sandbox.operations.findByFile(fileId, sandbox.now());
  if (!operation || operation.storage_uri === null) return undefined;
  const places = Array.from({ length: operation.samples }, (_, sample) => storedAt(operation, sample));
  return places.includes(gcsUri) ? operation : undefined;
}

/** `GET /storage/v1/b/{bucket}/o/{object}`, with `alt=media` for the bytes. */
export function readObject(sandbox: Sandbox, request: Request, bucket: string, name: string): Promise<Response> {
  const operation = findStored(sandbox, `gs://${bucket}/${name}`);
  const call = {
    ...{ wire: "google", name: "download", detail: { bucket, object: name } } as const,
    model: operation?.model ?? null,
    prompt: operation?.prompt,
    // An object is there or not.
    immune: ["clip_processing"] as const,
  };
  return answerCall(sandbox, call, (fault) => {
    if (!operation) return refuse(missingObject(bucket, name));
    const clip = clipBytes(operation);
    const { pathname, searchParams } = new URL(request.url);
    if (searchParams.get("alt") !== "media") {
      const size = String(clip.byteLength);
      return accept(Response.json({ kind: "storage#object", bucket, name, contentType: "video/mp4", size }));
    }
    if (fault === "redirected_download" && !pathname.includes("/download/")) {
      const other = `/download/storage/v1/b/${bucket}/o/${encodeURIComponent(name)}?alt=media`;
      return accept(redirectTo(upstreamBase(request, "vertex") + other));
    }
    return accept(clipResponse(clip, fault));
  });
}

/** In the form of Cloud Storage's errors, which is not that of other Google APIs. */
function missingObject(bucket: string, name: string): Response {
  const message = `No such object: ${bucket}/${name}`;
  const errors = [{ message, domain: "global", reason: "notFound" }];
  return Response.json({ error: { code: 404, message, errors } }, { status: 404 });
}
