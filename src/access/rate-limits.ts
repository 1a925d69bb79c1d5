/**
 * How often a key may ask. Cloudflare's rate-limit binding counts, for each of its locations; it answers yes or no, so what
 * the headers say is left is what this isolate has counted, by the minutes of the clock: a hint, as the draft has it.
 */
import type { Context } from "hono";
import { ServiceError } from "../errors.ts";
import type { ServiceEnvironment } from "./caller.ts";

/** The numbers stand in `wrangler.toml` and in the sandbox's as well, because a binding does not tell its own (a test compares them). */
export const rateLimits = {
  /** Twenty videos watched at once, each asked for every two seconds. */
  requests: { binding: "REQUEST_LIMIT", quota: 100, windowSeconds: 10 },
  /** Each costs dollars; more than one in two seconds is a program gone wrong. */
  starts: { binding: "START_LIMIT", quota: 30, windowSeconds: 60 },
  /** Requests without a key, by address: pages that are opened, and keys that are guessed. */
  strangers: { binding: "STRANGER_LIMIT", quota: 30, windowSeconds: 10 },
} as const;

export type RateLimitName = keyof typeof rateLimits;

/**
 * Counts the request.
 *
 * @param who whose requests are counted together
 * @throws ServiceError `rate_limited` when there were too many
 */
export async function limited(context: Context<ServiceEnvironment>, name: RateLimitName, who: string): Promise<void> {
  const { binding, quota, windowSeconds } = rateLimits[name];
  const { success } = await context.env[binding].limit({ key: who });
  const now = Date.now();
  const counted = success ? countHere(name, who, now) : quota;
  const policy = `"${name}";q=${quota};w=${windowSeconds}`;
  const left = `"${name}";r=${Math.max(0, quota - counted)};t=${secondsLeft(name, now)}`;
  // Put on whatever answer the request gets; several limits make a list (draft-ietf-httpapi-ratelimit-headers-11).
  context.set("rateLimits", [...context.get("rateLimits") ?? [], { policy, left }]);
  if (success) return;
  const detail = `More than ${quota} requests came in ${windowSeconds} s. Wait, then go on.`;
  throw new ServiceError("rate_limited", detail, { headers: { "Retry-After": String(windowSeconds) } });
}

/** How many of one window this isolate has seen; other isolates saw others. */
const seen = new Map<string, { readonly window: number; readonly count: number }>();

/** A new window forgets the old ones when there are more callers than this. */
const callersMaximum = 10_000;

function countHere(name: RateLimitName, who: string, now: number): number {
  const window = windowOf(name, now);
  const found = seen.get(`${name} ${who}`);
  if (!found && seen.size >= callersMaximum) seen.clear();
  const count = found?.window === window ? found.count + 1 : 1;
  seen.set(`${name} ${who}`, { window, count });
  return count;
}

function windowOf(name: RateLimitName, now: number): number {
  return Math.floor(now / (rateLimits[name].windowSeconds * 1_000));
}

function secondsLeft(name: RateLimitName, now: number): number {
  const windowMs = rateLimits[name].windowSeconds * 1_000;
  return Math.ceil((windowMs - now % windowMs) / 1_000);
}
