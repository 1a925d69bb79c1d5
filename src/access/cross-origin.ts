/** Which pages of other sites may use the service from a browser: none, unless CORS_ORIGINS names them. */
import type { MiddlewareHandler } from "hono";
import { cors } from "hono/cors";
import { readSettings } from "../env.ts";
import type { ServiceEnvironment } from "./caller.ts";

/** What a page may read besides the body. */
const exposedHeaders = [
  "Location",
  "Retry-After",
  "ETag",
  "RateLimit",
  "RateLimit-Policy",
  "Preference-Applied",
  "Idempotent-Replayed",
  "Accept-Ranges",
  "Content-Disposition",
  "Content-Range",
];

/** How long a browser may keep the answer to its question, seconds: a changed setting is felt within the hour. */
const rememberedSeconds = 3_600;

export const crossOrigin: MiddlewareHandler<ServiceEnvironment> = async (context, next) => {
  const { corsOrigins } = readSettings(context.env);
  if (corsOrigins.length === 0) return await next();
  return await cors({
    origin: corsOrigins.includes("*") ? "*" : [...corsOrigins],
    allowMethods: ["GET", "HEAD", "POST", "DELETE"],
    exposeHeaders: exposedHeaders,
    maxAge: rememberedSeconds,
  })(context, next);
};
