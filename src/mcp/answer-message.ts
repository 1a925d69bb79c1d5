/** One message of an agent, or a batch of them, answered by the protocol's own server. */
import { createMcpHandler } from "@modelcontextprotocol/server";
import type { Context } from "hono";
import { type ServiceEnvironment, visitorOf } from "../access/caller.ts";
import { logFailure } from "../log.ts";
import { settledWithin } from "../task/follow.ts";
import { askFor, type Service } from "./ask.ts";
import { createToolServer } from "./tool-server.ts";

/** @param body of the request, read already */
export async function answerMessage(
  context: Context<ServiceEnvironment>,
  body: Uint8Array,
  service: Service,
): Promise<Response> {
  let failure: Error | null = null;
  const caller = {
    ask: askFor(context, service),
    settled: (taskId, patienceMs, seen) => {
      const subscription = { ...visitorOf(context), after: null };
      return settledWithin(context.env.TASKS.getByName(taskId), subscription, patienceMs, seen);
    },
  } satisfies Parameters<typeof createToolServer>[0];
  const handler = createMcpHandler(() => createToolServer(caller), {
    // Also told of messages that are refused; whether it matters is seen by the answer.
    onerror: (error) => failure = error,
  });
  const { url, headers } = context.req.raw;
  const response = await handler.fetch(new Request(url, { method: "POST", headers, body }));
  if (response.status >= 500) logFailure("message_not_answered", failure);
  return response;
}
