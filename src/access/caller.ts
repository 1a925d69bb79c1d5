/** Who asks, as routes are told. */
import type { Context } from "hono";
import { originOf } from "../origin-of.ts";

/** What a route finds in its context: the bindings, and who asks. */
export interface ServiceEnvironment {
  Bindings: Env;
  Variables: {
    /** Whose key came with the request (`ownerOf`); null in a deployment that has no keys of its own. */
    owner: string | null;
    /** What the request was counted against, as `RateLimit-Policy` and `RateLimit` say it; undefined where nothing counts. */
    rateLimits?: readonly { readonly policy: string; readonly left: string }[];
  };
}

/** Who looks at a task, and from where. A task shows itself only to its owner. */
export interface Visitor {
  readonly owner: string | null;
  /** The origin that the client used, for the links in what it is told: `https://example.com` */
  readonly origin: string;
}

/** @returns who looks, for the objects of tasks */
export function visitorOf(context: Context<ServiceEnvironment>): Visitor {
  return { owner: context.get("owner"), origin: originOf(context.req) };
}
