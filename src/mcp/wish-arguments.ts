/** What can be wished of a video, described for an agent. The service checks it; here are only its own words and limits. */
import { z } from "zod";
import {
  additionalPromptMaximum,
  durationSecondsMaximum,
  durationSecondsMinimum,
  taskRequestSchema,
} from "../task/request.ts";
import { useCases } from "../use-case.ts";
import { aspectRatios, qualities, structures } from "../video-wish.ts";

const usual = taskRequestSchema.parse({});

export const wishArguments = {
  use_case: z.enum(useCases).default(usual.use_case).describe("What the video is for; decides how it is filmed."),
  duration_seconds: z.int().min(durationSecondsMinimum).max(durationSecondsMaximum).default(usual.duration_seconds)
    .describe("Length of the finished video, seconds. The price grows with it."),
  aspect_ratio: z.enum(aspectRatios).default(usual.aspect_ratio),
  quality: z.enum(qualities).default(usual.quality)
    .describe("standard is a smaller, cheaper model; get_capabilities tells what each can do and costs a second."),
  structure: z.enum(structures).default(usual.structure).describe(
    "Matters above the length of one clip only. shots: several clips cut together; single_take: one clip, continued " +
      "without a cut.",
  ),
  additional_prompt: z.string().max(additionalPromptMaximum).default(usual.additional_prompt)
    .describe("What the customer wants to see, in their own words and any language."),
  review: z.boolean().default(usual.review).describe(
    "true stops before anything is paid to the video model: read the prompts, then call approve_prompts.",
  ),
};
