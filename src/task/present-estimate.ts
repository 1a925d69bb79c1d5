/** What a wish would cost. Pure. */
import type { BudgetView } from "../budget/budget-view.ts";
import type { ModelChoice } from "../veo/choose-model.ts";
import type { Plan } from "../veo/plan.ts";
import type { Estimate, TimeView } from "./offer-view.ts";
import { presentPlan } from "./present-plan.ts";
import type { TaskRequest } from "./request.ts";
import { choiceWarnings, planWarnings } from "./warnings.ts";

export interface Order {
  readonly request: TaskRequest;
  readonly plan: Plan;
  readonly choice: ModelChoice;
}

/**
 * @param transformsSquares whether this deployment has Cloudflare Media Transformations
 * @param time how long such videos took before
 * @param budget of whoever asks
 */
export function presentEstimate(
  { request, plan, choice }: Order,
  transformsSquares: boolean,
  time: TimeView | null,
  budget: BudgetView | null,
): Estimate {
  return {
    plan: presentPlan(plan),
    cost: { estimate_usd: plan.estimate_usd, prices_as_of: plan.prices_as_of },
    time,
    budget,
    warnings: [...choiceWarnings(choice), ...planWarnings(plan, request.quality, transformsSquares)],
  };
}
