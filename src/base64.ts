/** Base64 for every runtime: workerd and Deno have it as methods of `Uint8Array`, Node 20 and 22 only as `atob` and `btoa`. */

/** Asked each time, because others may add them later. */
function can(owner: object, method: string): boolean {
  return method in owner;
}

/** @throws Error when it is not base64 */
export function bytesOfBase64(base64: string): Uint8Array<ArrayBuffer> {
  if (can(Uint8Array, "fromBase64")) return Uint8Array.fromBase64(base64);
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/** With padding. */
export function base64Of(bytes: Uint8Array): string {
  if (can(Uint8Array.prototype, "toBase64")) return bytes.toBase64();
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

/** For an address or a token: `-` and `_` in place of `+` and `/`, without padding. */
export function base64UrlOf(bytes: Uint8Array): string {
  return base64Of(bytes).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/**
 * Decodes as many groups of four characters as are complete.
 *
 * @returns the bytes, and the characters that are left for the next piece
 * @throws Error when it is not base64
 */
export function decodeGroups(base64: string): { bytes: Uint8Array<ArrayBuffer>; read: number } {
  if (can(Uint8Array.prototype, "setFromBase64")) {
    const bytes = new Uint8Array(Math.ceil(base64.length * 3 / 4));
    const { read, written } = bytes.setFromBase64(base64, { lastChunkHandling: "stop-before-partial" });
    return { bytes: bytes.subarray(0, written), read };
  }
  const read = endOfGroups(base64);
  return { bytes: bytesOfBase64(base64.slice(0, read)), read };
}

/** White space belongs to no group. */
function endOfGroups(base64: string): number {
  let characters = 0;
  let end = 0;
  for (let at = 0; at < base64.length; at++) {
    if (/\s/.test(base64.charAt(at))) continue;
    if (++characters % 4 === 0) end = at + 1;
  }
  return end;
}
