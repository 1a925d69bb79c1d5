/** Bytes as text that is safe in a path, a header and a log. */

/** Two lower-case digits a byte. */
export function hexOf(bytes: ArrayBuffer | Uint8Array): string {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
