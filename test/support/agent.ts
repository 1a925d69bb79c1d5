/** An agent: the official client of the Model Context Protocol, connected to the service without a network. */
import { Client, type ClientOptions, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { exports } from "cloudflare:workers";
import { z } from "zod";
import { anotherAddress } from "./sandboxed-service.ts";

type CallArguments = NonNullable<Parameters<Client["callTool"]>[0]["arguments"]>;

export interface Agent {
  readonly client: Client;
  call(name: string, sent?: CallArguments, onProgress?: (message: string) => void): Promise<Called>;
}

/** What a tool answered. */
export interface Called {
  readonly isError: boolean;
  readonly words: string;
  readonly structured: unknown;
  readonly problem: Problem | null;
  readonly links: readonly string[];
}

const problemSchema = z.object({
  code: z.string(),
  status: z.number(),
  retry_after_seconds: z.number().optional(),
  errors: z.array(z.object({ field: z.string(), message: z.string() })).default([]),
});

type Problem = z.infer<typeof problemSchema>;

const contentSchema = z.array(z.discriminatedUnion("type", [
  z.object({ type: z.literal("text"), text: z.string() }),
  z.object({ type: z.literal("resource_link"), uri: z.string(), mimeType: z.literal("video/mp4"), size: z.number() }),
]));

const mcpUrl = new URL("http://localhost/mcp");

/** @param key of the service; null to send none */
export async function connectedAgent(key: string | null = null, options: ClientOptions = {}): Promise<Agent> {
  const client = new Client({ name: "test-agent", version: "1.0.0" }, options);
  const headers = key === null ? anotherAddress() : { Authorization: `Bearer ${key}` };
  await client.connect(new StreamableHTTPClientTransport(mcpUrl, { requestInit: { headers }, fetch: toService }));
  return {
    client,
    async call(name, sent = {}, onProgress) {
      const told = onProgress &&
        { onprogress: ({ message = "" }: { message?: string | undefined }) => onProgress(message) };
      return readCalled(await client.callTool({ name, arguments: sent }, told));
    },
  };
}

function toService(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  return exports.default.fetch(new Request(input, init));
}

function readCalled({ content, isError = false, structuredContent }: Awaited<ReturnType<Client["callTool"]>>): Called {
  const blocks = contentSchema.parse(content);
  const texts = blocks.flatMap((block) => block.type === "text" ? [block.text] : []);
  return {
    isError,
    words: texts[0] ?? "",
    structured: structuredContent,
    problem: isError ? problemSchema.parse(JSON.parse(texts[1] ?? "null")) : null,
    links: blocks.flatMap((block) => block.type === "resource_link" ? [block.uri] : []),
  };
}

/** A message as it goes over the wire, for what the official client does not do. */
export function postMessage(body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return exports.default.fetch(
    new Request(mcpUrl, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        "Accept": "application/json, text/event-stream",
        ...anotherAddress(),
        ...headers,
      },
      body: typeof body === "string" ? body : JSON.stringify(body),
    }),
  );
}
