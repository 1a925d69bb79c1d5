/** The Gemini API, played: fetching a finished clip of Veo or Omni. */
import { accept, answerCall, refuse } from "./answer-call.ts";
import { clipBytes } from "./clips.ts";
import { googleError, inactiveFile } from "./google-errors.ts";
import { upstreamBase } from "./links.ts";
import type { Sandbox } from "./sandbox.ts";
import { clipResponse, redirectTo } from "./serve-clip.ts";

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
    if (operation.active_at > sandbox.now() || fault === "clip_processing") return refuse(inactiveFile(fileId));
    if (fault === "redirected_download") return accept(redirectTo(otherAddress(request, fileId)));
    return accept(clipResponse(clipBytes(operation), fault));
  });
}

/** The same clip at the other path where Google serves files. */
function otherAddress(request: Request, fileId: string): string {
  return `${upstreamBase(request, "gemini")}/download/v1beta/files/${fileId}:download?alt=media`;
}
