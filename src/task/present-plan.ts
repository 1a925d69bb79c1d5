/** From the stored plan to what a client sees of it. Pure. */
import type { Resolution } from "../veo/capabilities.ts";
import type { Plan } from "../veo/plan.ts";
import type { PlanView } from "./plan-view.ts";

/** Length of the shorter and of the longer side, pixels. */
const sides: Readonly<Record<Resolution, readonly [number, number]>> = {
  "720p": [720, 1280],
  "1080p": [1080, 1920],
};

export function presentPlan(plan: Plan): PlanView {
  const { provider, model, structure, resolution, aspect_ratio, square } = plan;
  const { segments, duration_seconds, wasted_seconds, prompt_tokens_maximum } = plan;
  return {
    ...{ provider, model, structure, resolution, aspect_ratio, square },
    ...{ segments, duration_seconds, wasted_seconds, prompt_tokens_maximum },
    ...sizeOf(plan),
  };
}

function sizeOf({ resolution, aspect_ratio, square }: Plan): { width: number; height: number } {
  const [short, long] = sides[resolution];
  if (square) return { width: short, height: short };
  return aspect_ratio === "16:9" ? { width: long, height: short } : { width: short, height: long };
}
