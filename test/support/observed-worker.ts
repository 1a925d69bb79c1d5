/**
 * The sandbox's Worker, with everything that it answers and logs looked at in passing: see `disclosures` and
 * `observed-answers`.
 */
import worker, { SandboxUpstreams as PlainUpstreams, SpendingLedger, TaskObject } from "../../src/sandbox/worker.ts";
import { keepUpstreamTextsSecret, look } from "./disclosures.ts";
import { observeAnswer } from "./observed-answers.ts";

export { SpendingLedger, TaskObject };

/** What the upstreams say in their errors is noted before the service can repeat it. */
export class SandboxUpstreams extends PlainUpstreams {
  override async fetch(request: Request): Promise<Response> {
    const response = await super.fetch(request);
    if (!response.headers.get("Content-Type")?.includes("json") || request.url.includes("/control/")) return response;
    // An answer that breaks in its body is to break for its reader, not here.
    const text = await response.clone().text().catch(() => "");
    if (/"error"|filtered/i.test(text)) keepUpstreamTextsSecret(parsed(text));
    return response;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

for (const level of ["log", "info", "warn", "error", "debug"] as const) {
  const write = console[level].bind(console);
  console[level] = (...parts: unknown[]) => {
    look("lines", `console.${level}`, parts.map(String).join(" "));
    write(...parts);
  };
}

export default {
  async fetch(request, env, context) {
    const response = await worker.fetch(request, env, context);
    const { pathname } = new URL(request.url);
    return pathname.startsWith("/sandbox/") ? response : observed(response, request.method, pathname);
  },
} satisfies ExportedHandler<SandboxEnv>;

/** Files are their customer's and the model's own; what the service writes is text. */
function observed(response: Response, method: string, path: string): Response {
  const where = `${method} ${path}`;
  const headers = new Map(response.headers);
  const answer = { method, path, status: response.status, headers };
  look("answers", where, [...headers].map(([name, value]) => `${name}: ${value}`).join("\n"));
  const isText = /json|text\//.test(headers.get("content-type") ?? "");
  if (!isText || !response.body) {
    observeAnswer({ ...answer, body: null });
    return response;
  }
  const decoder = new TextDecoder();
  let body = "";
  const looking = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      const text = decoder.decode(chunk, { stream: true });
      look("answers", where, text);
      body += text;
      controller.enqueue(chunk);
    },
    flush: () => observeAnswer({ ...answer, body }),
  });
  return new Response(response.body.pipeThrough(looking), response);
}
