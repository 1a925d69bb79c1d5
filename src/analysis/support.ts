/** Counting what several pictures say. Pure. */

/** One thing said, in its first wording, with the pictures (from 0) that say it. */
export interface Supported<Value> {
  readonly value: Value;
  readonly pictures: readonly number[];
}

/** How values are compared: case and white space make no difference. */
export function sameness(text: string): string {
  return text.trim().replace(/\s+/g, " ").toLowerCase();
}

/**
 * Gathers the values of all pictures, each once, those with most support first; among equals the first said comes
 * first. Blank values do not count.
 *
 * @param perPicture what each picture says
 * @param keyOf what makes two values the same; blank for a value that says nothing
 */
export function bySupport<Value>(
  perPicture: readonly (readonly Value[])[],
  keyOf: (value: Value) => string,
): Supported<Value>[] {
  const found = new Map<string, { value: Value; pictures: number[] }>();
  perPicture.forEach((values, picture) => {
    for (const value of values) {
      const key = keyOf(value);
      if (!key) continue;
      const known = found.get(key);
      if (!known) found.set(key, { value, pictures: [picture] });
      else if (!known.pictures.includes(picture)) known.pictures.push(picture);
    }
  });
  return [...found.values()].sort((first, second) => second.pictures.length - first.pictures.length);
}

/** What most pictures say; the first one's word when they all differ; empty when none says anything. */
export function prevailing(perPicture: readonly string[]): string {
  return bySupport(perPicture.map((text) => [text]), sameness)[0]?.value.trim() ?? "";
}
