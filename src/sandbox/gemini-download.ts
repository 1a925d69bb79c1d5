/** Veo 3.1 on the Gemini API, played: fetching a finished clip. */
import { accept, answerCall, breakingStream, refuse } from "./answer-call.ts";
import type { FaultName } from "./calls.ts";
import { clipBytes } from "./clips.ts";
import { googleError } from "./google-errors.ts";
import { upstreamBase } from "./links.ts";
import type { Sandbox } from "./sandbox.ts";

/** `GET /files/{id}:download?alt=media`. Whether the real one knows ranges is not documented, so this one does not. */
export function downloadClip(sandbox: Sandbox, request: Request, fileId: string): Promise<Response> {
  const operation = sandbox.operations.findByFile(fileId, sandbox.now());
  const call = {
    ...{ wire: "google", name: "download", detail: { file: fileId } } as const,
    model: operation?.model ?? null,
    prompt: operation?.prompt,
  };
  return answerCall(sandbox, call, (fault) => {
    if (!operation) {
      return refuse(googleError("NOT_FOUND", `File files/${fileId} was not found or cannot be downloaded.`));
    }
    if (fault === "redirected_download") return accept(redirectTo(otherAddress(request, fileId)));
    return accept(clipResponse(clipBytes(operation), fault));
  });
}

/** The same clip at the other path where Google serves files. */
function otherAddress(request: Request, fileId: string): string {
  return `${upstreamBase(request, "gemini")}/download/v1beta/files/${fileId}:download?alt=media`;
}

function redirectTo(location: string): Response {
  return new Response(null, { status: 302, headers: { location } });
}

function clipResponse(clip: Uint8Array, fault: FaultName | undefined): Response {
  const announced = fault === "miscounted_download" ? clip.byteLength + 1 : clip.byteLength;
  const headers = { "content-type": "video/mp4", "content-length": String(announced) };
  const half = clip.slice(0, Math.floor(clip.byteLength / 2));
  if (fault === "truncated_download") return new Response(breakingStream(half), { headers });
  if (fault === "miscounted_download") return new Response(new Blob([clip.slice()]).stream(), { headers });
  if (fault === "short_download") {
    // A stream without a known length goes out in chunks, so nothing tells that the end came too early.
    return new Response(new Blob([half]).stream(), { headers: { "content-type": "video/mp4" } });
  }
  return new Response(clip.slice(), { headers });
}
