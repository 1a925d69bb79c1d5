/** From a task to what its prompts are written from. Pure. */
import type { PromptOrder } from "../prompt/order.ts";
import type { TaskState } from "./state.ts";

/** @throws Error before the analyses are merged */
export function promptOrderOf({ merged, request, plan, images }: TaskState): PromptOrder {
  if (!merged) throw new Error("The prompts were asked for before the merge.");
  return {
    merged,
    useCase: request.use_case,
    additionalPrompt: request.additional_prompt,
    framing: request.aspect_ratio,
    style: plan.prompt_style,
    segments: plan.segments.map(({ kind, seconds, shown_seconds }) => ({ kind, seconds, shownSeconds: shown_seconds })),
    tokensMaximum: plan.prompt_tokens_maximum,
    imageCount: images.length,
  };
}
