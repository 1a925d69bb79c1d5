/** The sandbox's Worker, with everything that it answers and logs looked at in passing: see `disclosures`. */
import worker, { SandboxUpstreams as PlainUpstreams, SpendingLedger, TaskObject } from "../../src/sandbox/worker.ts";
import { keepUpstreamTextsSecret, look } from "./disclosures.ts";

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
    return pathname.startsWith("/sandbox/") ? response : observed(response, `${request.method} ${pathname}`);
  },
} satisfies ExportedHandler<SandboxEnv>;

/** Files are their customer's and the model's own; what the service writes is text. */
function observed(response: Response, where: string): Response {
  look("answers", where, [...response.headers].map(([name, value]) => `${name}: ${value}`).join("\n"));
  const isText = /json|text\//.test(response.headers.get("Content-Type") ?? "");
  if (!isText || !response.body) return response;
  const decoder = new TextDecoder();
  const looking = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      look("answers", where, decoder.decode(chunk, { stream: true }));
      controller.enqueue(chunk);
    },
  });
  return new Response(response.body.pipeThrough(looking), response);
}
