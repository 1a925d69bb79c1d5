/** Where a finished clip is fetched, from the address that the API gave. Pure. */

const googleOrigin = "https://generativelanguage.googleapis.com";

/**
 * A gateway may pass Google's own address on, but Google does not know the gateway's key, so the clip is asked for where
 * everything else is. Without `alt=media` Google's `:download` answers with a description instead of the bytes.
 *
 * @param baseUrl without a version, as it is configured
 * @throws TypeError when the address is none
 */
export function clipAddress(uri: string, baseUrl: string): URL {
  const base = new URL(`${baseUrl}/`);
  const address = new URL(uri, base);
  if (address.origin !== googleOrigin) return address;
  if (address.pathname.endsWith(":download") && !address.searchParams.has("alt")) {
    address.searchParams.set("alt", "media");
  }
  return base.origin === googleOrigin ? address : new URL(`.${address.pathname}${address.search}`, base);
}
