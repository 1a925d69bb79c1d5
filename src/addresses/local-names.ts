/** Names that do not lead to the open internet, known without asking anybody. */

/** Reserved, or usual inside of companies, clouds and clusters: outside they lead nowhere. */
const localSuffixes = [
  // RFC 6761, 6762, 7686, 8375, 9476; `arpa` holds only the names of numbers.
  ...["localhost", "local", "invalid", "test", "onion", "alt", "arpa"],
  // ICANN keeps `internal` for this use. Google's metadata is `metadata.google.internal`.
  ...["internal", "localdomain", "localdomain6", "lan", "intranet", "private", "corp", "home", "svc"],
];

/**
 * Public names that are private addresses, kept by well-meaning people for developers, and Tencent's metadata. Every list
 * of them is short of some: what such a name really leads to tells `resolve-name.ts`. This one refuses the usual ones
 * without a question.
 */
const disguisedSuffixes = [
  "nip.io",
  "sslip.io",
  "xip.io",
  "backname.io",
  "traefik.me",
  "localtest.me",
  "lvh.me",
  "vcap.me",
  "lacolhost.com",
  "localho.st",
  "local.gd",
  "lndo.site",
  "ddev.site",
  "1u.ms",
  "rbndr.us",
  "metadata.tencentyun.com",
];

/** @param name as a parsed URL has it, without a dot at its end */
export function isLocalName(name: string): boolean {
  // A name without a dot is looked up in the local network.
  if (!name.includes(".")) return true;
  return [...localSuffixes, ...disguisedSuffixes].some((suffix) => name === suffix || name.endsWith(`.${suffix}`));
}
