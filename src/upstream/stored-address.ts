/**
 * Addresses that upstreams give, as they are kept: one at the configured origin by its path alone. So what is stored names
 * no upstream, and a deployment that moves to another gateway finds it there. An address elsewhere (a gateway's own
 * storage) cannot be found in any other way and is kept as it came. Pure.
 */
import { parseAddress } from "../parse-address.ts";

/** @param address absolute, or relative to the base URL */
export function storedAddress(address: string, baseUrl: string): string {
  const { origin } = new URL(baseUrl);
  const url = parseAddress(address, `${baseUrl}/`);
  // Two slashes at the beginning of a path would make a host of what follows them.
  const isPath = url?.origin === origin && !url.pathname.startsWith("//");
  return url && isPath ? `${url.pathname}${url.search}` : address;
}

/** @returns the address as the upstream gave it */
export function givenAddress(stored: string, baseUrl: string): string {
  return stored.startsWith("/") ? new URL(baseUrl).origin + stored : stored;
}
