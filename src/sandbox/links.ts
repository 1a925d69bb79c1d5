/** Addresses that the stand-in puts into its answers, so that a client finds it again by the way it came. */

/**
 * The address under which the client reaches one upstream: what `x-sandbox-base` says when the client believes it talks to
 * a host of that upstream's own, else the request's origin and its path up to the upstream's name.
 *
 * @returns for example `https://gemini.sandbox.invalid` or `http://localhost:8787/sandbox/gemini`, without a slash at the end
 */
export function upstreamBase(request: Request, upstream: "gemini" | "oauth" | "openai" | "vertex"): string {
  const base = request.headers.get("x-sandbox-base");
  if (base) return base.replace(/\/+$/, "");
  const { origin, pathname } = new URL(request.url);
  const name = `/${upstream}/`;
  return origin + pathname.slice(0, pathname.indexOf(name) + name.length - 1);
}
