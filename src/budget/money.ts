/** Money that is added up: millionths of a US dollar, whole numbers, so that sums are exact. */

const microPerDollar = 1_000_000;

export function microUsdOf(usd: number): number {
  return Math.round(usd * microPerDollar);
}

export function usdOf(microUsd: number): number {
  return microUsd / microPerDollar;
}
