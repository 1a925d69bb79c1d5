/** `URL.parse` for every runtime: Node 20 does not have it. */
export function parseAddress(text: string, base?: string): URL | null {
  return URL.canParse(text, base) ? new URL(text, base) : null;
}
