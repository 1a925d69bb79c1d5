/**
 * Connections that the fault script refuses. That is decided by the address alone, before a byte of the body is read: a
 * client that announced the body's length then knows that nothing was accepted.
 */
import type { MiddlewareHandler } from "hono";
import type { CallName } from "./calls.ts";
import type { Sandbox } from "./sandbox.ts";

/** No connection is made. Thrown through the object's `fetch`, so that the caller's `fetch` rejects. */
export class ConnectionRefused extends Error {
  override readonly name = "ConnectionRefused";
}

/** Refuses the connections that the script says, and writes each into the ledger as the call that was meant. */
export function refuseConnections(sandbox: Sandbox): MiddlewareHandler {
  return async ({ req }, next) => {
    const call = sandbox.faults.takeRefused(callsAt(req.raw));
    if (call === undefined) return await next();
    sandbox.ledger.record({
      ...{ at: sandbox.now(), call, model: null, accepted: false, fault: "refused", status: null, detail: null },
    });
    throw new ConnectionRefused("The sandbox refuses this connection, as the fault script asks.");
  };
}

/** Which calls a request can be by its address; at OpenAI's only address for all its calls, any of them. */
export function callsAt({ method, url }: Request): readonly CallName[] {
  const { pathname, searchParams } = new URL(url);
  if (pathname.endsWith("/responses")) return ["image_analysis", "prompt", "response"];
  if (pathname.includes("/upload/")) return [searchParams.has("upload_id") ? "file_bytes" : "file_upload"];
  if (pathname.includes("/files/")) return [callOnFile(method, pathname)];
  if (pathname.includes("/interactions")) return [callOnInteraction(method, pathname)];
  if (pathname.includes("/operations/") || pathname.endsWith(":fetchPredictOperation")) return ["poll"];
  if (pathname.endsWith(":generateContent")) return ["video_analysis"];
  if (pathname.endsWith("/oauth/token")) return ["token"];
  if (pathname.includes("/storage/v1/b/")) return ["download"];
  return [pathname.endsWith(":predictLongRunning") ? "submit" : "models"];
}

function callOnInteraction(method: string, pathname: string): CallName {
  if (method === "DELETE") return "forget";
  if (method === "GET") return "poll";
  return pathname.endsWith("/cancel") ? "cancel" : "submit";
}

function callOnFile(method: string, pathname: string): CallName {
  if (method === "DELETE") return "file_delete";
  return pathname.endsWith(":download") ? "download" : "file_status";
}
