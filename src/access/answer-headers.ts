/** What every answer of the service says besides its content. */
import type { MiddlewareHandler } from "hono";
import { secureHeaders } from "hono/secure-headers";
import type { ServiceEnvironment } from "./caller.ts";

/**
 * Answers are data: nothing in them is to be run, framed, or taken for something else. What stands in `static/_headers`
 * says the same of the form. Media may be shown by pages of other sites, which is what their links are for; how a site
 * is reached (Strict-Transport-Security) is its domain's to say.
 */
export const safeHeaders: MiddlewareHandler = secureHeaders({
  contentSecurityPolicy: { defaultSrc: ["'none'"], frameAncestors: ["'none'"], baseUri: ["'none'"] },
  referrerPolicy: "no-referrer",
  crossOriginResourcePolicy: "cross-origin",
  strictTransportSecurity: false,
  xFrameOptions: "DENY",
});

/** The limits that the request was counted against (draft-ietf-httpapi-ratelimit-headers-11), also on a refusal. */
export const rateLimitHeaders: MiddlewareHandler<ServiceEnvironment> = async (context, next) => {
  await next();
  const counted = context.get("rateLimits") ?? [];
  if (counted.length === 0) return;
  context.res.headers.set("RateLimit-Policy", counted.map(({ policy }) => policy).join(", "));
  context.res.headers.set("RateLimit", counted.map(({ left }) => left).join(", "));
};
