/** The path a stored file is served at. It mirrors the R2 key `media/…`, so that serving needs no look-up. */
export function mediaPath(key: string): string {
  return `/veo31/${key}`;
}
