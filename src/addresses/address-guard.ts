/**
 * Which addresses that strangers gave are opened: public ones, of the web, not our own. For references and for callbacks.
 *
 * {@link guardAddress} judges what is written, {@link admitAddress} also what the name leads to. A name can lead elsewhere
 * between that question and the `fetch`, which asks for itself and cannot be given the answer. On Cloudflare this does no
 * harm: there `fetch` goes out to the internet and reaches no private network. Elsewhere, the network that workerd is
 * given must not have one either.
 */
import { parseAddress } from "../parse-address.ts";
import { AddressError } from "./address-error.ts";
import { isHost, isIpAddress, isPublicHost } from "./host.ts";
import { isOwnHost, isOwnRoute } from "./own-host.ts";

export interface AddressRules {
  /** The setting ALLOW_PRIVATE_URLS. */
  readonly allowPrivate: boolean;
  /** The origin under which the service was asked; null where nobody asked it. */
  readonly ownOrigin: string | null;
  /** For what nobody may read on its way. */
  readonly httpsOnly?: boolean;
}

/**
 * What a name leads to: IP addresses, and the names on the way to them, all spelled as a parsed URL has its hostname.
 *
 * @throws {AddressError} `failed` when that cannot be said
 */
export type ResolveName = (name: string, signal: AbortSignal) => Promise<readonly string[]>;

/** Twice what browsers and proxies take of a signed address. */
export const addressLengthMaximum = 8_192;

/**
 * Where the web is, with its two customary second doors; the empty one is the scheme's own. By any other a stranger could
 * find out, from what we answer, what else is open on other people's hosts.
 */
const publicPorts = ["", "80", "443", "8080", "8443"];

/**
 * @param base what a relative address, of a redirect, is relative to
 * @throws {AddressError} `malformed` when it is not an address, `refused` when it is not an allowed one
 */
export function guardAddress(text: string, rules: AddressRules, base?: URL): URL {
  const url = text.length <= addressLengthMaximum ? parseAddress(text, base?.href) : null;
  if (!url) throw new AddressError("malformed", "This is not an address. Send one that begins with https://.");
  const refusal = ofTheWeb(url, rules) ?? (rules.allowPrivate ? ofOurRoutes(url, rules) : ofPublicHosts(url, rules));
  if (refusal !== null) throw new AddressError("refused", refusal);
  return url;
}

/**
 * Like {@link guardAddress}; besides, a name is looked up, and refused when anything that it leads to would be.
 *
 * @throws {AddressError} as the guard does, and `failed` when the name could not be looked up
 */
export async function admitAddress(
  text: string,
  { resolve, signal, ...rules }: AddressRules & { readonly resolve: ResolveName; readonly signal: AbortSignal },
  base?: URL,
): Promise<URL> {
  const url = guardAddress(text, rules, base);
  if (rules.allowPrivate || isIpAddress(url.hostname)) return url;
  for (const hostname of await resolve(url.hostname, signal)) {
    const refusal = ofHost(hostname, rules);
    if (refusal !== null) throw new AddressError("refused", refusal);
  }
  return url;
}

/** @returns why it is refused, or null; as all of these */
function ofTheWeb({ protocol, hostname, username, password }: URL, { httpsOnly = false }: AddressRules): string | null {
  if (protocol !== "https:" && (httpsOnly || protocol !== "http:")) {
    return `Only addresses that begin with https://${httpsOnly ? "" : " or http://"} are opened.`;
  }
  if (username !== "" || password !== "") return "An address with a user name or a password in it is not opened.";
  return isHost(hostname) ? null : "The name of the host in this address cannot be one.";
}

function ofPublicHosts({ hostname, port }: URL, rules: AddressRules): string | null {
  const onlyPorts = `Only the ports ${publicPorts.filter(Boolean).join(", ")} are opened.`;
  return ofHost(hostname, rules) ?? (publicPorts.includes(port) ? null : onlyPorts);
}

function ofHost(hostname: string, { ownOrigin }: AddressRules): string | null {
  if (!isPublicHost(hostname)) return "This address is not a public one.";
  return isOwnHost(hostname, ownOrigin) ? ourOwn : null;
}

function ofOurRoutes(url: URL, { ownOrigin }: AddressRules): string | null {
  return isOwnRoute(url, ownOrigin) ? ourOwn : null;
}

const ourOwn = "This is an address of this service itself, which it does not open.";
