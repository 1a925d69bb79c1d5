/** A day's budget as a client sees it. */
import { z } from "zod";
import { ServiceError } from "../errors.ts";
import type { Balance } from "./entries.ts";
import { usdOf } from "./money.ts";

export const budgetViewSchema = z.object({
  /** What this key may spend a day, US dollars. */
  daily_usd: z.number(),
  /** What neither was spent today nor is set aside for videos in the making. */
  left_usd: z.number(),
  /** When the next day's budget begins. */
  renews_at: z.iso.datetime(),
});

export type BudgetView = z.infer<typeof budgetViewSchema>;

export function presentBudget({ budget_micro_usd, left_micro_usd, renews_at }: Balance): BudgetView {
  return {
    daily_usd: usdOf(budget_micro_usd),
    left_usd: usdOf(left_micro_usd),
    renews_at: new Date(renews_at).toISOString(),
  };
}

/**
 * @param neededMicroUsd what the video would cost
 * @param now milliseconds since 1970
 */
export function overBudget(balance: Balance, neededMicroUsd: number, now: number): ServiceError {
  const budget = { ...presentBudget(balance), needed_usd: usdOf(neededMicroUsd) };
  const detail = `This video would cost up to ${dollars(budget.needed_usd)}, and ${dollars(budget.left_usd)} of the ` +
    `day's ${dollars(budget.daily_usd)} is left. The next day's budget begins at ${budget.renews_at}.`;
  const secondsToWait = Math.ceil((balance.renews_at - now) / 1_000);
  return new ServiceError("budget_exceeded", detail, {
    headers: { "Retry-After": String(secondsToWait) },
    members: { budget },
  });
}

function dollars(usd: number): string {
  return `$${usd.toFixed(2)}`;
}
