/** The bytes of a finished clip over HTTP, whole or spoiled. */
import { breakingStream } from "./answer-call.ts";
import type { FaultName } from "./calls.ts";

export function redirectTo(location: string): Response {
  return new Response(null, { status: 302, headers: { location } });
}

export function clipResponse(clip: Uint8Array, fault: FaultName | undefined): Response {
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
