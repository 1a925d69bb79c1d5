/** What a client prefers: `Prefer: wait=N` (RFC 7240, section 4.3). */

/** The contract's limit, seconds: what proxies and clients hold a silent connection for. */
const waitMaximumSeconds = 60;

/**
 * How long the answer may take, seconds. More than is possible is cut to that; the answer says what was applied. A
 * preference that cannot be understood counts as none, as RFC 7240 asks.
 */
export function preferredWaitSeconds(headers: Headers): number | null {
  for (const preference of (headers.get("Prefer") ?? "").split(",")) {
    const [, seconds] = /^\s*wait\s*=\s*"?(\d{1,9})"?\s*(;|$)/i.exec(preference) ?? [];
    if (seconds !== undefined && Number(seconds) > 0) return Math.min(Number(seconds), waitMaximumSeconds);
  }
  return null;
}
