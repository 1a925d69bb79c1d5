/** `POST /veo31/estimate`: how a wish would be made, what it costs and how long it takes, before anything is sent. */
import { type Context, Hono } from "hono";
import type { ServiceEnvironment } from "../access/caller.ts";
import { type BudgetView, presentBudget } from "../budget/budget-view.ts";
import { ledgerOf } from "../budget/ledger-of.ts";
import { microUsdOf } from "../budget/money.ts";
import type { Settings } from "../env.ts";
import { ServiceError } from "../errors.ts";
import { otherMethods } from "../other-methods.ts";
import { originOf } from "../origin-of.ts";
import { readUrlForm } from "../references/read-url-form.ts";
import type { ServiceDependencies } from "../service-dependencies.ts";
import { addressProblems } from "../webhooks/callback.ts";
import { readOrder, withFirst } from "./intake.ts";
import { modelsNow } from "./models-now.ts";
import { kindOf, timeFor } from "./past-times.ts";
import { pastTimesNow } from "./past-times-store.ts";
import { presentEstimate } from "./present-estimate.ts";

export function estimateRoutes({ fetch }: ServiceDependencies) {
  return new Hono<ServiceEnvironment>()
    .post("/", async (context) => {
      const { env, req } = context;
      const { fields, problems } = await readUrlForm(req.raw);
      const [knowledge, times] = await Promise.all([modelsNow(context, fetch), pastTimesNow(env.BUCKET)]);
      const order = readOrder(fields, [], knowledge);
      const others = [...order.problems, ...addressProblems(fields, knowledge.settings, originOf(req))];
      const all = withFirst(problems, others);
      if (!order.ok || all.length > 0) throw ServiceError.ofProblems(all);
      const time = timeFor(times, kindOf(order.plan, knowledge.settings.sandbox), knowledge.now);
      const budget = await budgetOf(context, knowledge.settings);
      const estimate = presentEstimate(order, env.MEDIA !== undefined, time, budget);
      return context.json(estimate, 200, { "Cache-Control": "no-store" });
    })
    .all("/", otherMethods("POST"));
}

async function budgetOf(
  { env, get }: Context<ServiceEnvironment>,
  { dailyBudgetUsd }: Settings,
): Promise<BudgetView | null> {
  if (dailyBudgetUsd === null) return null;
  return presentBudget(await ledgerOf(env, get("owner")).balance(microUsdOf(dailyBudgetUsd)));
}
