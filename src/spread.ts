/** How tasks that wait for the same thing come back one after the other. Pure: the same seed gives the same number. */

/** FNV-1a, 32 bits: few lines, and neighbouring ids end up far apart. */
const offsetBasis = 0x811c9dc5;
const prime = 0x01000193;

/**
 * A number from 0 to below 1, drawn from what is known anyway, so that a step of a task needs no chance from outside.
 *
 * @param seed what tells one wait from another: the task, the work, the try
 */
export function spreadOf(seed: string): number {
  let hash = offsetBasis;
  for (const byte of new TextEncoder().encode(seed)) hash = Math.imul(hash ^ byte, prime);
  // FNV's last bytes hardly reach the high bits, and a try's number is the last byte.
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash ^= hash >>> 13;
  return (hash >>> 0) / 2 ** 32;
}
