/** The days that budgets are for: those of UTC, so that they are the same everywhere. Pure. */

const dayMs = 24 * 60 * 60 * 1_000;

/** @returns `2026-11-23` */
export function dayOf(now: number): string {
  return new Date(now).toISOString().slice(0, "2026-11-23".length);
}

/** When the next day begins, milliseconds since 1970. */
export function endOfDay(now: number): number {
  return (Math.floor(now / dayMs) + 1) * dayMs;
}
