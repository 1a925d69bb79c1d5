/** The protocol's server with the tools in it, made anew for each message. */
import {
  type CallToolResult,
  McpServer,
  type ServerContext,
  type StandardSchemaWithJSON,
} from "@modelcontextprotocol/server";
import { z } from "zod";
import { answerFailure } from "./answer-failure.ts";
import { instructions } from "./instructions.ts";
import type { Arguments, Tool, ToolCall } from "./tool.ts";
import { tools } from "./tools/tools.ts";

/** Of the tools, as agents are told: their names, arguments and answers. */
const version = "1.0.0";

/** What the tools work with, whichever is called. */
export type Caller = Omit<ToolCall, "tellProgress">;

export function createToolServer(caller: Caller): McpServer {
  const info = { name: "veo31-reference-video", title: "Veo 3.1 reference video", version };
  // The list of tools changes with a deployment only, so there is nothing to subscribe to.
  const server = new McpServer(info, { capabilities: { tools: { listChanged: false } }, instructions });
  for (const tool of tools) {
    const { name, input, output, call: _, ...config } = tool;
    const schemas = { inputSchema: asDescribed(input), outputSchema: output };
    server.registerTool(name, { ...config, ...schemas }, (sent, { mcpReq }) => {
      return callTool(tool, sent, { ...caller, tellProgress: tellerOf(mcpReq) });
    });
  }
  return server;
}

async function callTool(tool: Tool, sent: Arguments, call: ToolCall): Promise<CallToolResult> {
  try {
    const { words, structured, links = [] } = await tool.call(sent, call);
    return { content: [{ type: "text", text: words.join("\n\n") }, ...links], structuredContent: structured };
  } catch (error) {
    return await answerFailure(error, tool.name);
  }
}

const argumentsSchema = z.record(z.string(), z.unknown());

/** Says what the arguments should be, and passes on what they are: the service has better words for what is wrong. */
function asDescribed(input: Tool["input"]): StandardSchemaWithJSON<Arguments> {
  return { "~standard": { ...argumentsSchema["~standard"], jsonSchema: input["~standard"].jsonSchema } };
}

/** Progress by its number, as the protocol wants it rising; how far there is to go nobody knows. */
function tellerOf({ _meta, notify }: ServerContext["mcpReq"]): ToolCall["tellProgress"] {
  const progressToken = _meta?.progressToken;
  if (progressToken === undefined) return () => {};
  let progress = 0;
  return (message) => {
    const told = notify({ method: "notifications/progress", params: { progressToken, progress: ++progress, message } });
    // Whoever went away is told nothing.
    told.catch(() => {});
  };
}
