/** The `Range` header as far as this service honours it. Pure. RFC 9110, section 14. */

/**
 * @returns the one range asked for; null when there is none, several, or one in another unit or form, which RFC 9110 lets
 *   a server pass over by sending the whole
 */
export function parseRange(header: string | undefined): R2Range | null {
  const match = /^bytes=(\d*)-(\d*)$/i.exec(header?.trim() ?? "");
  if (!match) return null;
  const [, first = "", last = ""] = match;
  if (first === "") return last === "" ? null : { suffix: Number(last) };
  const offset = Number(first);
  if (last === "") return { offset };
  return Number(last) < offset ? null : { offset, length: Number(last) - offset + 1 };
}

/** Whether a range lies outside a file of that size, so that nothing of it can be sent. */
export function isUnsatisfiable(range: R2Range, size: number): boolean {
  if ("suffix" in range) return range.suffix === 0;
  return (range.offset ?? 0) >= size;
}

/** Where in a file of that size a satisfiable range lies; an end beyond the file is cut off. */
export function absoluteRange(range: R2Range, size: number): { offset: number; length: number } {
  if ("suffix" in range) {
    const length = Math.min(range.suffix, size);
    return { offset: size - length, length };
  }
  const offset = range.offset ?? 0;
  return { offset, length: Math.min(range.length ?? size, size - offset) };
}
