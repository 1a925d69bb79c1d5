/**
 * `POST /mcp`: the service for agents, by the Model Context Protocol over streamable HTTP. Each message is answered for
 * itself: there are no sessions, and nothing is sent that was not asked for, so GET and DELETE are not taken.
 *
 * A tool asks the service's own routes, in this process and with the caller's key: who may, how often, for how much, and
 * what is said of a mistake is decided there and nowhere else. So a tool call counts twice against the limit of requests, as
 * a message and as what it asks; a batch of messages counts as all that they ask. A start counts as one start.
 */
import { Hono } from "hono";
import type { ServiceEnvironment } from "../access/caller.ts";
import { otherMethods } from "../other-methods.ts";
import { bodyChunksOf, readBody } from "../references/request-body.ts";
import type { Service } from "./ask.ts";

/** Nine prompts of a model's limit, edited, have some 50 kB; the rest of a message is small. */
const messageBytesMaximum = 128_000;

export function mcpRoutes(service: Service) {
  return new Hono<ServiceEnvironment>()
    .post("/", async (context) => {
      const body = await readBody(bodyChunksOf(context.req.raw, messageBytesMaximum));
      // Most requests are none of an agent's: the protocol's code is not run before the first that is.
      const { answerMessage } = await import("./answer-message.ts");
      return await answerMessage(context, body, service);
    })
    .all("/", otherMethods("POST"));
}
