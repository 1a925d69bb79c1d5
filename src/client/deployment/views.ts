/**
 * What a deployment's JSON must have for this library to work with it. Looser than the schemas of the views, on purpose:
 * a deployment may be newer or older than the program that asks it, and a status, a warning or a field that only one of
 * them knows is no reason to lose sight of a video that is paid for. The rest is passed on as it came.
 */
import { z } from "zod";
import type { Capabilities, Estimate } from "../../task/offer-view.ts";
import type { TaskView } from "../../task/view.ts";

const taskSpine = z.object(
  {
    task_id: z.string().min(1),
    status: z.string(),
    step3_video_generation: z.object({ video_url: z.string().nullable() }).nullable(),
    warnings: z.array(z.object({ code: z.string(), message: z.string() })),
    error: z.object({ code: z.string(), message: z.string(), retryable: z.boolean(), charged: z.string() }).nullable(),
  } satisfies Partial<Record<keyof TaskView, z.ZodType>>,
);

const estimateSpine = z.object(
  {
    plan: z.object({ segments: z.array(z.unknown()) }),
    cost: z.object({ estimate_usd: z.number() }),
  } satisfies Partial<Record<keyof Estimate, z.ZodType>>,
);

const capabilitiesSpine = z.object(
  {
    limits: z.object({}),
    qualities: z.object({}),
  } satisfies Partial<Record<keyof Capabilities, z.ZodType>>,
);

export function isTask(body: unknown): body is TaskView {
  return taskSpine.safeParse(body).success;
}

export function isEstimate(body: unknown): body is Estimate {
  return estimateSpine.safeParse(body).success;
}

export function areCapabilities(body: unknown): body is Capabilities {
  return capabilitiesSpine.safeParse(body).success;
}
