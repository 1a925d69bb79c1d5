/**
 * Which addresses references may be fetched from: public ones. The URL parser has already turned every spelling of an
 * IP address (decimal, octal, hexadecimal, short, mapped) into one, so only that one is looked at.
 *
 * A Worker cannot resolve names, so a public name that points at a private address is not seen here. On Cloudflare such
 * a `fetch` goes out to the internet and reaches no private network of ours; whoever runs this Worker elsewhere needs
 * a resolver that refuses private answers.
 */
import { Refusal } from "./refusal.ts";

export interface GuardOptions {
  /** The setting ALLOW_PRIVATE_URLS. */
  readonly allowPrivate: boolean;
}

/** Twice what browsers and proxies take of a signed address. */
const addressLengthMaximum = 8_192;

/**
 * @param base what a relative address, of a redirect, is relative to
 * @throws {Refusal} `invalid_input` when it is not an address, `reference_url_refused` when it is not an allowed one
 */
export function guardAddress(text: string, { allowPrivate }: GuardOptions, base?: URL): URL {
  const url = text.length <= addressLengthMaximum ? URL.parse(text, base?.href) : null;
  if (!url) throw new Refusal("invalid_input", "This is not an address. Send one that begins with https://.");
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    throw new Refusal("reference_url_refused", "Only addresses that begin with https:// or http:// are fetched.");
  }
  if (url.username !== "" || url.password !== "") {
    throw new Refusal("reference_url_refused", "An address with a user name or a password in it is not fetched.");
  }
  if (!allowPrivate && isPrivateHost(url.hostname)) {
    throw new Refusal("reference_url_refused", "This address is not a public one.");
  }
  return url;
}

/** @param hostname as a parsed URL has it */
function isPrivateHost(hostname: string): boolean {
  if (hostname.startsWith("[")) return isPrivateIpv6(expandIpv6(hostname.slice(1, -1)));
  const name = hostname.replace(/\.+$/, "");
  if (/^\d+(\.\d+){3}$/.test(name)) return isPrivateIpv4(ipv4Value(name));
  return isPrivateName(name);
}

/** Names that lead nowhere outside (RFC 6761, 6762, 8375; ICANN's `.internal`; the usual ones in companies). */
const privateSuffixes = [
  "localhost",
  "local",
  "internal",
  "home.arpa",
  "localdomain",
  "lan",
  "intranet",
  "corp",
  "home",
];

function isPrivateName(name: string): boolean {
  // A name without a dot is looked up in the local network.
  return !name.includes(".") || privateSuffixes.some((suffix) => name === suffix || name.endsWith(`.${suffix}`));
}

/** Not globally reachable (IANA's IPv4 special-purpose registry), and multicast: address and length of the prefix. */
const privateIpv4: readonly (readonly [string, number])[] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16], // where clouds keep their metadata
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3], // multicast and reserved, up to the broadcast address
];

/** @param value 32 bits, unsigned */
function isPrivateIpv4(value: number): boolean {
  return privateIpv4.some(([network, length]) => (value >>> (32 - length)) === (ipv4Value(network) >>> (32 - length)));
}

function ipv4Value(dotted: string): number {
  return dotted.split(".").reduce((value, part) => value * 256 + Number(part), 0) >>> 0;
}

/** Of IPv6 only 2000::/3 is given out (RFC 4291 §2.4); everything else is local, mapped, multicast or reserved. */
function isPrivateIpv6(groups: readonly number[]): boolean {
  const [first = 0, second = 0, third = 0] = groups;
  if (first >> 13 !== 0b001) return true;
  if (first === 0x2002) return isPrivateIpv4(((second << 16) | third) >>> 0); // 6to4 (RFC 3056) holds an IPv4 address
  // Special purposes including Teredo (2001::/23), and documentation (2001:db8::/32, 3fff::/20).
  return (first === 0x2001 && (second < 0x200 || second === 0xdb8)) || (first === 0x3fff && second < 0x1000);
}

/** The eight groups of an address in the URL parser's spelling. */
function expandIpv6(text: string): number[] {
  const [left = "", right] = text.split("::");
  const groups = (part: string) => part === "" ? [] : part.split(":").map((group) => Number.parseInt(group, 16));
  if (right === undefined) return groups(left);
  const zeros = 8 - groups(left).length - groups(right).length;
  return [...groups(left), ...new Array<number>(zeros).fill(0), ...groups(right)];
}
