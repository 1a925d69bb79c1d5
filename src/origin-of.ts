/** @returns the origin the client used (`https://example.com`), for the links in what it is told */
export function originOf({ url }: { readonly url: string }): string {
  return new URL(url).origin;
}
