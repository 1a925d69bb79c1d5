/**
 * Who may use this service. With API_KEYS whoever sends one of them, as often as its limits allow; without, everybody who
 * reaches a deployment that holds no keys of upstreams (it can spend nothing), and else this machine alone.
 */
import type { MiddlewareHandler } from "hono";
import type { ApiKey } from "../api-keys.ts";
import { expandIpv6 } from "../addresses/special-addresses.ts";
import { readSettings } from "../env.ts";
import { ServiceError } from "../errors.ts";
import type { ServiceEnvironment } from "./caller.ts";
import { requireSameSite, requireTrustedPlace } from "./local-only.ts";
import { ownerOf } from "./owner-of.ts";
import { limited } from "./rate-limits.ts";

/** For files: their links are what opens them. */
export const withLink: MiddlewareHandler<ServiceEnvironment> = async (context, next) => {
  const { apiKeys, ...settings } = readSettings(context.env);
  if (apiKeys === null) requireTrustedPlace(context.req.raw, settings);
  await next();
  // Whoever tries links out is counted; whoever has some is not.
  if (apiKeys !== null && context.res.status === 404) await limited(context, "strangers", addressOf(context.req.raw));
};

/** For `GET /health`, which also says what is missing to somebody who is not let in. */
export const counted: MiddlewareHandler<ServiceEnvironment> = async (context, next) => {
  const { apiKeys } = readSettings(context.env);
  if (apiKeys !== null) await limited(context, "strangers", addressOf(context.req.raw));
  await next();
};

/** For what tells nothing of anybody's tasks and costs nothing: a page asks for it before it has a key. */
export const openToAll: MiddlewareHandler<ServiceEnvironment> = async (context, next) => {
  const { apiKeys, ...settings } = readSettings(context.env);
  if (apiKeys === null) requireTrustedPlace(context.req.raw, settings);
  else await limited(context, "strangers", addressOf(context.req.raw));
  await next();
};

/**
 * For everything else.
 *
 * @throws ServiceError `unauthorized`, `rate_limited`; `not_configured` or `cross_site_refused` without API_KEYS
 */
export const withKey: MiddlewareHandler<ServiceEnvironment> = async (context, next) => {
  const { apiKeys, ...settings } = readSettings(context.env);
  if (apiKeys === null) {
    requireTrustedPlace(context.req.raw, settings);
    requireSameSite(context.req.raw, settings.corsOrigins);
    context.set("owner", null);
    return await next();
  }
  const owner = await senderOf(context.req.header("Authorization"), apiKeys);
  if (owner === null) {
    await limited(context, "strangers", addressOf(context.req.raw));
    throw unauthorized(context.req.header("Authorization") !== undefined);
  }
  context.set("owner", owner);
  await limited(context, "requests", owner);
  await next();
};

/** For routes that start something paid; after {@link withKey}. */
export const withStartsLimited: MiddlewareHandler<ServiceEnvironment> = async (context, next) => {
  const owner = context.get("owner");
  if (owner !== null) await limited(context, "starts", owner);
  await next();
};

/** RFC 6750, section 2.1. */
const bearerPattern = /^Bearer +([!-~]+) *$/i;

async function senderOf(authorization: string | undefined, keys: readonly ApiKey[]): Promise<string | null> {
  const [, key] = bearerPattern.exec(authorization ?? "") ?? [];
  return key === undefined ? null : await ownerOf(key, keys);
}

function unauthorized(isSent: boolean): ServiceError {
  const detail = isSent
    ? "This is not a key of this service. Send one of its keys as Authorization: Bearer KEY."
    : "This service needs a key. Send it as Authorization: Bearer KEY.";
  const challenge = `Bearer realm="veo31"${isSent ? ', error="invalid_token"' : ""}`;
  return new ServiceError("unauthorized", detail, { headers: { "WWW-Authenticate": challenge } });
}

/**
 * Where a request without a key comes from: there is nothing else to tell strangers apart by. Of an IPv6 address the first
 * 64 bits, because whoever has one has all that begin with them (RFC 6177).
 */
function addressOf({ headers }: Request): string {
  const address = headers.get("CF-Connecting-IP") ?? "unknown";
  return address.includes(":") ? expandIpv6(address).slice(0, 4).join(":") : address;
}
