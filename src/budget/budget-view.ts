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
  const price = `This video would cost up to ${dollars(Math.ceil(budget.needed_usd * 100))}`;
  const daily = dollars(Math.floor(budget.daily_usd * 100));
  if (neededMicroUsd > balance.budget_micro_usd) {
    // No other day's is larger.
    const detail = `${price}, more than the ${daily} of a whole day. Ask for a shorter one, or for standard quality.`;
    return new ServiceError("budget_exceeded", detail, { members: { budget } });
  }
  const left = dollars(Math.floor(budget.left_usd * 100));
  const detail =
    `${price}, and ${left} of the day's ${daily} is left. The next day's budget begins at ${budget.renews_at}.`;
  const secondsToWait = Math.ceil((balance.renews_at - now) / 1_000);
  return new ServiceError("budget_exceeded", detail, {
    headers: { "Retry-After": String(secondsToWait) },
    members: { budget },
  });
}

function dollars(cents: number): string {
  return `$${(cents / 100).toFixed(2)}`;
}
