/** What things cost, in words that leave no doubt. Pure. */
import type { BudgetView } from "../budget/budget-view.ts";
import { hasEnded } from "../task/status.ts";
import type { TaskView } from "../task/view.ts";

/** US dollars: `$3.20` */
export function dollars(usd: number): string {
  return `$${usd.toFixed(2)}`;
}

export function tellPrice(estimateUsd: number, pricesAsOf: string): string {
  return `Estimated price: ${dollars(estimateUsd)} (list prices as of ${pricesAsOf}).`;
}

export function tellBudget(budget: BudgetView | null): string {
  if (!budget) return "No daily budget is set for this key.";
  const { left_usd, daily_usd, renews_at } = budget;
  return `Of today's budget of ${dollars(daily_usd)}, ${dollars(left_usd)} is left; the next begins at ${renews_at}.`;
}

/** What a task has cost, and while it runs, what it will. */
export function tellCharged(task: Pick<TaskView, "status" | "cost" | "sandbox">): string {
  const sentence = hasEnded(task) ? chargedInTheEnd(task.cost) : chargedSoFar(task.cost);
  return task.sandbox
    ? `${sentence} (This is a sandbox: the amounts are shown, but nothing is really paid.)`
    : sentence;
}

function chargedInTheEnd({ charged, actual_usd, at_least_usd, at_most_usd }: TaskView["cost"]): string {
  switch (charged) {
    case "no":
      return "Charged: nothing.";
    case "yes":
      return `Charged: ${dollars(actual_usd ?? at_most_usd)}.`;
    case "unknown":
      return `It is not known what was charged: at least ${dollars(at_least_usd)}, at most ${dollars(at_most_usd)}.`;
  }
}

function chargedSoFar({ estimate_usd, prices_as_of, at_least_usd, at_most_usd }: TaskView["cost"]): string {
  const price = tellPrice(estimate_usd, prices_as_of);
  if (at_most_usd === 0) return `${price} Charged so far: nothing.`;
  const least = dollars(at_least_usd);
  const most = dollars(at_most_usd);
  return `${price} Charged so far: ${least === most ? most : `at least ${least}, at most ${most}`}.`;
}
