/** When a webhook is tried again. Pure. */
import { spreadOf } from "../spread.ts";

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/**
 * The pauses that Standard Webhooks recommends ("Deliverability and reliability"), one after each try: ten tries within a
 * little more than three days, which is a weekend and the Monday on which somebody sees it.
 */
export const webhookPausesMs: readonly number[] = [
  5 * second,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
];

/** Every pause is longer by up to this share of itself: a receiver that was down is not asked by all in one second. */
const webhookSpreadShare = 1 / 10;

/** What a receiver may ask us to wait for at most: as long as the longest pause. */
const retryAfterMaximumMs = 24 * hour;

/**
 * @param failed how many tries of this round failed, at least 1
 * @param retryAfterMs how long the receiver asked us to wait; null when it did not
 * @param seed tells this webhook from all others
 * @returns milliseconds since 1970; null when that was the last try
 */
export function nextTryAt(failed: number, retryAfterMs: number | null, now: number, seed: string): number | null {
  const pauseMs = webhookPausesMs[failed - 1];
  if (pauseMs === undefined) return null;
  const wantedMs = Math.max(pauseMs, Math.min(retryAfterMs ?? 0, retryAfterMaximumMs));
  return Math.ceil(now + wantedMs * (1 + webhookSpreadShare * spreadOf(`${seed} ${failed}`)));
}
