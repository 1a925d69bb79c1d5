/** IP addresses that are not one host's of the open internet. The special-purpose registries of IANA are their source. */

/** Not globally reachable, and multicast: network and length of its prefix. */
const specialIpv4: readonly (readonly [string, number])[] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10], // shared by carriers; Alibaba's metadata
  ["127.0.0.0", 8],
  ["168.63.129.16", 32], // public by its number; inside Azure it is the host that hands out a machine's secrets
  ["169.254.0.0", 16], // where most clouds keep their metadata
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

/** @param dotted four decimal numbers, as the URL parser spells every IPv4 address */
export function isSpecialIpv4(dotted: string): boolean {
  const value = ipv4Value(dotted);
  return specialIpv4.some(([network, length]) => (value >>> (32 - length)) === (ipv4Value(network) >>> (32 - length)));
}

function ipv4Value(dotted: string): number {
  return dotted.split(".").reduce((value, part) => value * 256 + Number(part), 0) >>> 0;
}

/**
 * Of IPv6 only 2000::/3 is given out (RFC 4291 §2.4). Everything else is local, multicast, reserved, or an IPv4 address in
 * another form: mapped (::ffff:0:0/96), compatible (::/96), translated (64:ff9b::/96 and 64:ff9b:1::/48).
 *
 * @param text as the URL parser spells it, without brackets
 */
export function isSpecialIpv6(text: string): boolean {
  const [first = 0, second = 0] = expandIpv6(text);
  if (first >> 13 !== 0b001) return true;
  // 6to4, an IPv4 address in another form; given up in 2015 (RFC 7526).
  if (first === 0x2002) return true;
  // Special purposes including Teredo (2001::/23), and documentation (2001:db8::/32, 3fff::/20).
  return (first === 0x2001 && (second < 0x200 || second === 0xdb8)) || (first === 0x3fff && second < 0x1000);
}

/** The eight groups of an address in the URL parser's spelling. */
export function expandIpv6(text: string): number[] {
  const [left = "", right] = text.split("::");
  const groups = (part: string) => part === "" ? [] : part.split(":").map((group) => Number.parseInt(group, 16));
  if (right === undefined) return groups(left);
  const zeros = Math.max(0, 8 - groups(left).length - groups(right).length);
  return [...groups(left), ...new Array<number>(zeros).fill(0), ...groups(right)];
}
