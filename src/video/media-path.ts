/**
 * The path a stored file is served at. It mirrors the R2 key, so that serving needs no look-up: `tasks/…` in the bucket is
 * `/veo31/media/…` on the web.
 */
export function mediaPath(key: string): string {
  return key.replace(/^tasks\//, "/veo31/media/");
}
