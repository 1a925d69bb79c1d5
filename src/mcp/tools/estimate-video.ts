/** `POST /veo31/estimate` as a tool. */
import { z } from "zod";
import { type Estimate, estimateSchema } from "../../task/offer-view.ts";
import { askJson } from "../ask.ts";
import { tellBudget, tellPrice } from "../tell-money.ts";
import { tellWarnings } from "../tell-task.ts";
import type { Tool } from "../tool.ts";
import { wishArguments } from "../wish-arguments.ts";

export const estimateVideo: Tool = {
  name: "estimate_video",
  title: "What a video would cost",
  description:
    "Tells, without starting anything, what a video with these wishes would cost in US dollars, how long it " +
    "would take, of which clips it would be made, and how much of the day's budget is left. Free. Call it before " +
    "generate_video and tell the user the price. The number of pictures does not change the price.",
  input: z.strictObject(wishArguments),
  output: estimateSchema,
  annotations: { readOnlyHint: true, openWorldHint: false },
  async call(sent, { ask }) {
    const estimate = await askJson(ask, { method: "POST", path: "/veo31/estimate", body: sent }, estimateSchema);
    return { words: tellEstimate(estimate), structured: estimate };
  },
};

function tellEstimate({ plan, cost, time, budget, warnings }: Estimate): string[] {
  const { duration_seconds, width, height, model, segments } = plan;
  const clips = segments.length === 1 ? "1 clip" : `${segments.length} clips`;
  return [
    `${tellPrice(cost.estimate_usd, cost.prices_as_of)} Nothing was started and nothing was charged.`,
    `${duration_seconds} s of ${width} × ${height} pixels, made of ${clips} by ${model}.`,
    time === null
      ? "How long it takes is not known yet; usually some minutes."
      : `Such videos took ${Math.round(time.typical_seconds)} s, slow ones ${Math.round(time.slow_seconds)} s.`,
    tellBudget(budget),
    ...tellWarnings(warnings),
  ];
}
