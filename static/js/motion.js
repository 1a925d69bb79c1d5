/** Whether the reader asked for a page that stands still. */
export function isStill() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
