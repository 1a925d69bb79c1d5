/** One call to the stand-in from arrival to answer: what the fault script does to it, and its line in the ledger. */
import type { FaultName } from "./calls.ts";
import type { FaultTarget } from "./fault-script.ts";
import { googleRefusal } from "./google-errors.ts";
import { openaiRefusal } from "./openai-errors.ts";
import type { Sandbox } from "./sandbox.ts";

/** The connection breaks. Thrown through the object's `fetch`, so that the caller's `fetch` rejects. */
export class ConnectionReset extends Error {
  override readonly name = "ConnectionReset";
}

const resetMessage = "The sandbox breaks this connection, as the fault script asks.";

export interface Call extends FaultTarget {
  readonly wire: "google" | "openai";
  readonly model: string | null;
  /** What was asked for, for the ledger; without the files. */
  readonly detail: unknown;
}

/** What the work of a call came to. */
export interface Worked {
  /** Whether the upstream took the call, and so, for a submit, whether it is paid for. */
  readonly accepted: boolean;
  readonly response: Response;
}

export function accept(response: Response): Worked {
  return { accepted: true, response };
}

export function refuse(response: Response): Worked {
  return { accepted: false, response };
}

/**
 * Does a call's work unless the fault script says otherwise, and writes the call into the ledger.
 *
 * @param work gets the fault when it is one that changes what the work comes to, for example `filtered_output`
 * @throws ConnectionReset when the script breaks the connection
 */
export async function answerCall(
  sandbox: Sandbox,
  call: Call,
  work: (fault: FaultName | undefined) => Worked | Promise<Worked>,
): Promise<Response> {
  const fault = sandbox.faults.take(call);
  const { accepted, response } = await perform(call, fault, work);
  sandbox.ledger.record({
    at: sandbox.now(),
    call: call.name,
    model: call.model,
    accepted,
    fault: fault ?? null,
    status: response?.status ?? null,
    detail: call.detail,
  });
  if (response) return response;
  if (fault === "hang") await sandbox.wait(sandbox.settings.latencies.hang_ms);
  throw new ConnectionReset(resetMessage);
}

/** What a call comes to; a response of null stands for a broken connection. */
async function perform(
  { wire, model }: Call,
  fault: FaultName | undefined,
  work: (fault: FaultName | undefined) => Worked | Promise<Worked>,
): Promise<{ accepted: boolean; response: Response | null }> {
  if (fault === "hang" || fault === "reset_before") return { accepted: false, response: null };
  if (fault === "html") return refuse(proxyPage(200, "Sign in to the network"));
  if (fault === "html_502") return refuse(proxyPage(502, "502 Bad Gateway"));
  if (fault === "html_503") return refuse(proxyPage(503, "503 Service Unavailable"));
  const refusal = wire === "google" ? googleRefusal(fault, model) : openaiRefusal(fault, model);
  if (refusal) return refuse(refusal);
  const worked = await work(fault);
  return worked.accepted ? { accepted: true, response: await spoilAnswer(worked.response, fault) } : worked;
}

async function spoilAnswer(response: Response, fault: FaultName | undefined): Promise<Response | null> {
  if (fault === "reset_after") return null;
  if (fault === "other_json") return Response.json({ sandbox: "of another shape" });
  if (fault !== "reset_body" && fault !== "cut_json" && fault !== "empty") return response;
  const headers = new Headers(response.headers);
  headers.delete("content-length");
  const body = await response.bytes();
  const half = body.subarray(0, Math.floor(body.byteLength / 2));
  const spoiled = fault === "reset_body" ? breakingStream(half) : fault === "cut_json" ? half : null;
  return new Response(spoiled, { status: response.status, headers });
}

/** A body that gives its bytes and then breaks. */
export function breakingStream(bytes: Uint8Array): ReadableStream<Uint8Array> {
  let given = false;
  return new ReadableStream({
    pull(controller) {
      if (given) controller.error(new ConnectionReset(resetMessage));
      else controller.enqueue(bytes);
      given = true;
    },
  });
}

function proxyPage(status: number, title: string): Response {
  const page = `<!doctype html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;
  return new Response(page, { status, headers: { "content-type": "text/html; charset=utf-8" } });
}
