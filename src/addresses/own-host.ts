/** Whether an address is one of this very service. */
import { isPublicHost, withoutDot } from "./host.ts";

/** What the service itself answers; beside it, its host has samples and the form. */
const ownPaths = ["/veo31", "/mcp", "/health"];

/**
 * A deployment that is reached under several names knows only the one it was asked by. Under another one a request would
 * come without a key, and read what everybody can.
 *
 * @param hostname as a parsed URL has it
 * @param ownOrigin the origin under which the service was asked; null where nobody asked it
 */
export function isOwnHost(hostname: string, ownOrigin: string | null): boolean {
  return ownOrigin !== null && withoutDot(hostname) === withoutDot(new URL(ownOrigin).hostname);
}

/** Whether it leads to what the service itself answers, in any spelling of the path that a router might understand. */
export function isOwnRoute(url: URL, ownOrigin: string | null): boolean {
  if (ownOrigin === null || !isOwnMachine(url, ownOrigin)) return false;
  const path = decoded(url.pathname)?.toLowerCase().replace(/[\\/]+/g, "/");
  return path === undefined || ownPaths.some((own) => path === own || path.startsWith(`${own}/`));
}

/** Besides by its name, this machine can be reached by 127.0.0.1, by [::1], by its address in the local network. */
function isOwnMachine(url: URL, ownOrigin: string): boolean {
  return isOwnHost(url.hostname, ownOrigin) ||
    (!isPublicHost(url.hostname) && portOf(url) === portOf(new URL(ownOrigin)));
}

function portOf({ port, protocol }: URL): string {
  return port || (protocol === "https:" ? "443" : "80");
}

/** @returns undefined when it cannot be read */
function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
