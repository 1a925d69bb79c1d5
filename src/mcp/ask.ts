/** Asking the service's own routes, in this process, for whoever sent the message. */
import type { Context } from "hono";
import type { z } from "zod";
import type { ServiceEnvironment } from "../access/caller.ts";
import { originOf } from "../origin-of.ts";
import { problemOf, Refused } from "./refused.ts";

type CallerContext = Context<ServiceEnvironment>;

export interface Service {
  fetch(request: Request, env: Env, context: CallerContext["executionCtx"]): Response | Promise<Response>;
}

export interface Asked {
  readonly method: "GET" | "POST" | "DELETE";
  readonly path: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** @throws Refused when the service answers with a problem */
export type Ask = (asked: Asked) => Promise<Response>;

/** Who asks, and where from. Whether a page of another site asks was decided when the message came in. */
const passedOn = ["Authorization", "CF-Connecting-IP"] as const;

export function askFor({ req, env, executionCtx }: CallerContext, service: Service): Ask {
  const caller = passedOn.flatMap((name) => {
    const value = req.header(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return async ({ method, path, body, headers }) => {
    const sent = new Headers([...caller, ...Object.entries(headers ?? {})]);
    if (body !== undefined) sent.set("Content-Type", "application/json");
    const init = { method, headers: sent, ...(body !== undefined && { body: JSON.stringify(body) }) };
    const response = await service.fetch(new Request(new URL(path, originOf(req)), init), env, executionCtx);
    if (!response.ok) throw new Refused(await problemOf(response));
    return response;
  };
}

/** @returns what the service answers, as far as the schema knows it */
export async function askJson<Schema extends z.ZodType>(
  ask: Ask,
  asked: Asked,
  schema: Schema,
): Promise<z.output<Schema>> {
  return schema.parse(await (await ask(asked)).json());
}
