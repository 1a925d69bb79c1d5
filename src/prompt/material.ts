/**
 * The data that the model writes the storyboard from. Named as the parts of the answer where they are about the same.
 */
import { houseRules } from "./house-rules.ts";
import type { PromptOrder } from "./order.ts";
import { beatsByShot, shownSeconds } from "./reference-motion.ts";
import { storyOf } from "./story.ts";

export function materialOf(order: PromptOrder) {
  const { merged } = order;
  return {
    use_case: order.useCase,
    house_rules: houseRules[order.useCase],
    film_seconds: Math.round(shownSeconds(order.segments) * 100) / 100,
    framing: order.framing,
    wishes: order.additionalPrompt.trim() ? [order.additionalPrompt.trim()] : [],
    references: Array.from({ length: order.imageCount }, (_, index) => merged.additions[index]?.role ?? merged.subject),
    keep: merged.must_not_change,
    shots: shotsMaterial(order),
    analysis: merged,
  };
}

function shotsMaterial(order: PromptOrder) {
  const beats = beatsByShot(order);
  return storyOf(order).map((story, index) => {
    const segment = order.segments[index];
    const [beat] = beats[index] ?? [];
    return {
      kind: segment?.kind,
      seconds: segment?.seconds,
      shown_seconds: segment && Math.round(segment.shownSeconds * 100) / 100,
      ...story,
      // The reference video leads the camera of a storyboard; of one shot it does so by a sentence of its own.
      ...(beat?.camera && order.segments.length > 1 && { camera: beat.camera }),
      beats: beats[index] ?? [],
    };
  });
}
