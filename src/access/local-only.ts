/** A deployment without API_KEYS: nobody is told apart, so where a request comes from decides. Pure. */
import { ServiceError } from "../errors.ts";
import { holdsUpstreamKeys, type Settings } from "../env.ts";

type Place = Pick<Settings, "sandbox" | "gemini" | "openai" | "vertex">;

/**
 * Whoever holds keys of upstreams could be made to spend by anybody who finds the address.
 *
 * @throws ServiceError `not_configured` for a request from elsewhere to a deployment that can spend money
 */
export function requireTrustedPlace(request: Request, settings: Place): void {
  if (!isTooFar(request, settings)) return;
  throw new ServiceError(
    "not_configured",
    "API_KEYS is not set. This deployment holds keys of upstreams, so without keys of its own it answers only on " +
      "localhost.",
  );
}

/** Whether a deployment without API_KEYS does not answer this request, because of where it comes from. */
export function isTooFar(request: Request, settings: Place): boolean {
  return !settings.sandbox && holdsUpstreamKeys(settings) && !isLocal(request);
}

/**
 * A page of another site, open in the same browser, can post a form to localhost: nothing but its origin gives it away.
 *
 * @param trusted origins whose pages may use this service
 * @throws ServiceError `cross_site_refused`
 */
export function requireSameSite(request: Request, trusted: readonly string[]): void {
  if (["GET", "HEAD", "OPTIONS"].includes(request.method)) return;
  const origin = request.headers.get("Origin");
  const site = request.headers.get("Sec-Fetch-Site");
  const isElsewhere = site === null || site === "none"
    ? origin !== null && origin !== new URL(request.url).origin
    : site !== "same-origin";
  if (!isElsewhere || (origin !== null && trusted.includes(origin))) return;
  throw new ServiceError(
    "cross_site_refused",
    "A page of another site cannot use a service that needs no key. Set API_KEYS, or name its origin in CORS_ORIGINS.",
  );
}

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/;

/** What a tunnel or a proxy adds to what it passes on from elsewhere. */
const passedOn = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP"];

/** By the name that was asked for, which no other site can give itself, and by the address it came from, where it is told. */
function isLocal({ url, headers }: Request): boolean {
  const from = headers.get("CF-Connecting-IP");
  const isPassedOn = passedOn.some((name) => headers.has(name));
  return !isPassedOn && loopback.test(new URL(url).hostname) && (from === null || loopback.test(from));
}
