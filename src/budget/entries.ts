/** What a ledger is told and what it answers. */
import { z } from "zod";

const microUsd = z.number().int().nonnegative();

/** Money to be set aside for a task before it is spent. */
export const wishSchema = z.object({
  task_id: z.string(),
  /** All that the task needs of this day's budget, not what is added to an earlier wish. */
  micro_usd: microUsd,
  /** What may be spent this day. */
  budget_micro_usd: microUsd,
});

export type Wish = z.infer<typeof wishSchema>;

/** What a task spent in the end of what was set aside on that day. */
export const settlementSchema = z.object({ task_id: z.string(), day: z.string(), micro_usd: microUsd });

export type Settlement = z.infer<typeof settlementSchema>;

/** How a day's budget stands. */
export interface Balance {
  readonly budget_micro_usd: number;
  /** Never below zero: a budget that was lowered during the day may be overspent. */
  readonly left_micro_usd: number;
  /** When the next day's budget begins, milliseconds since 1970. */
  readonly renews_at: number;
}

export type Reservation =
  | { readonly kind: "reserved"; readonly day: string }
  | { readonly kind: "refused"; readonly balance: Balance };
