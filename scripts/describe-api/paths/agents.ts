/** The service for agents. */
import type { oas31, ZodOpenApiPathsObject, ZodOpenApiResponseObject } from "zod-openapi";
import { empty } from "../answers.ts";
import { withHeaders } from "../headers.ts";
import { problems, writeProblems } from "../problems.ts";

const message = {
  type: "object",
  description: "A message of the Model Context Protocol (JSON-RPC 2.0).",
  properties: { jsonrpc: { const: "2.0", description: "The version of JSON-RPC." } },
  required: ["jsonrpc"],
} satisfies oas31.SchemaObject;

/** The protocol's own refusals are its messages. */
const refusalContent = { "application/json": { schema: message } };

function refusal(description: string): ZodOpenApiResponseObject {
  return { description, headers: withHeaders(), content: refusalContent };
}

const { "415": encoded, ...tooLarge } = problems("payload_too_large", "unsupported_media_type");

export const agentPaths: ZodOpenApiPathsObject = {
  "/mcp": {
    post: {
      operationId: "mcp",
      tags: ["Agents"],
      summary: "The Model Context Protocol, for agents",
      description:
        "Streamable HTTP without sessions: each message is answered for itself. An agent asks `tools/list` for " +
        "what there is. The same keys, limits and budget as everywhere.",
      requestBody: {
        required: true,
        content: {
          "application/json": {
            schema: { anyOf: [message, { type: "array", items: message }] },
            examples: {
              tools: { summary: "Which tools there are", value: { jsonrpc: "2.0", id: 1, method: "tools/list" } },
            },
          },
        },
      },
      responses: {
        "200": {
          description: "The answer to the message.",
          headers: withHeaders({ "Cache-Control": "CacheControlOfStream" }),
          content: {
            "application/json": { schema: { anyOf: [message, { type: "array", items: message }] } },
            "text/event-stream": {
              schema: { type: "string", description: "Events, each with a message in `data`." },
              "x-event-data": message,
            },
          },
        },
        "202": empty("The message needs no answer."),
        "400": refusal("This is no message that can be answered."),
        "406": refusal("`Accept` must name application/json and text/event-stream."),
        "415": {
          description: "The message must be application/json, and come as it is, without a Content-Encoding.",
          headers: withHeaders({ "Accept-Encoding": "AcceptEncoding", "Cache-Control": "CacheControlOfStream" }),
          content: { ...refusalContent, ...encoded?.content },
        },
        ...tooLarge,
        ...writeProblems,
      },
    },
  },
};
