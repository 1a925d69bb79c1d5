/** The plan of a video as a client sees it, before the task and in it. */
import { z } from "zod";
import { planSchema } from "../veo/plan.ts";

export const planViewSchema = planSchema.pick({
  provider: true,
  model: true,
  structure: true,
  resolution: true,
  aspect_ratio: true,
  square: true,
  segments: true,
  duration_seconds: true,
  wasted_seconds: true,
  prompt_tokens_maximum: true,
}).extend({
  /** Of the finished video, pixels. */
  width: z.number().int(),
  height: z.number().int(),
});

export type PlanView = z.infer<typeof planViewSchema>;
