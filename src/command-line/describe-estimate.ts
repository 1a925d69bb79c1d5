/** An estimate in words. Pure. */
import type { Estimate, Task } from "../client/index.ts";
import { counted, writtenTime, writtenUsd } from "./written.ts";

/** @returns each a line */
export function describeEstimate({ plan, cost, time, budget, warnings }: Estimate): string[] {
  return [
    `About ${writtenUsd(cost.estimate_usd)}, at the prices of ${cost.prices_as_of}: ${describePlan(plan)}.`,
    ...(time
      ? [
        `Such a video usually takes ${writtenTime(time.typical_seconds)}, nine in ten ${
          writtenTime(time.slow_seconds)
        } at most.`,
      ]
      : []),
    ...(budget ? [`Of the day's ${writtenUsd(budget.daily_usd)}, ${writtenUsd(budget.left_usd)} is left.`] : []),
    ...warnings.map(({ message }) => `Warning: ${message}`),
  ];
}

/** `2 shots (8 s, 8 s) by veo-3.1-generate-preview (gemini), 1920x1080, 6 s of them cut away` */
export function describePlan(plan: Task["plan"]): string {
  const { segments, structure, model, provider, width, height, wasted_seconds } = plan;
  const lengths = segments.map(({ seconds }) => `${seconds} s`).join(", ");
  const clips = segments.length === 1 ? "one clip" : counted(segments.length, structure === "shots" ? "shot" : "piece");
  const cut = wasted_seconds > 0 ? `, ${wasted_seconds} s of it cut away` : "";
  return `${clips} (${lengths}) by ${model} (${provider}), ${width}x${height}${cut}`;
}
