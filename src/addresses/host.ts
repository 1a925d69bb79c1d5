/**
 * What the host of an address is. The URL parser has already turned every spelling of an IP address (decimal, octal,
 * hexadecimal, short, full-width, percent-encoded) into one, so only that one is looked at.
 */
import { isLocalName } from "./local-names.ts";
import { isSpecialIpv4, isSpecialIpv6 } from "./special-addresses.ts";

/** RFC 1035 §2.3.4. */
const nameLengthMaximum = 253;
const labelLengthMaximum = 63;

/** @param hostname as a parsed URL has it */
export function isIpAddress(hostname: string): boolean {
  return hostname.startsWith("[") || /^\d+(\.\d+){3}$/.test(hostname);
}

/** Whether it is an IP address or a name as DNS takes it; one dot may be at its end. */
export function isHost(hostname: string): boolean {
  if (isIpAddress(hostname)) return true;
  const name = withoutDot(hostname);
  const labels = name.split(".");
  return name.length <= nameLengthMaximum &&
    labels.every((label) => label.length > 0 && label.length <= labelLengthMaximum);
}

/** Whether it can be a host of the open internet. For a name, what it leads to has to be asked for besides. */
export function isPublicHost(hostname: string): boolean {
  if (hostname.startsWith("[")) return !isSpecialIpv6(hostname.slice(1, -1));
  return isIpAddress(hostname) ? !isSpecialIpv4(hostname) : !isLocalName(withoutDot(hostname));
}

/** A name that ends in a dot is the same name. */
export function withoutDot(hostname: string): string {
  return hostname.replace(/\.$/, "");
}
