import { describe, expect, test } from "vitest";
import { mergeAnalyses } from "../../src/analysis/merge.ts";
import { composeStoryboard } from "../../src/prompt/compose.ts";
import { instructionsFor } from "../../src/prompt/instructions.ts";
import type { PromptOrder } from "../../src/prompt/order.ts";
import { imageAnalysis, videoAnalysis } from "../support/analyses.ts";
import { promptOrder, shotDrafts, storyboardDraft } from "../support/prompt-order.ts";

const clip = (seconds: number) => ({ kind: "generate", seconds, shownSeconds: seconds }) as const;

function promptsOf(part: Partial<PromptOrder> = {}): readonly string[] {
  const order = promptOrder({ style: "omni", segments: [clip(7)], ...part });
  const composed = composeStoryboard(storyboardDraft({ shots: shotDrafts(order.segments.length) }), order);
  if (!composed.ok) throw new Error(composed.fault.note);
  return composed.value;
}

const beat = (start_seconds: number, end_seconds: number, camera: string) => ({
  ...{ start_seconds, end_seconds, camera },
  what_happens: "the subject turns",
});

function following(...beats: ReturnType<typeof beat>[]): Partial<PromptOrder> {
  return { merged: mergeAnalyses([imageAnalysis(), imageAnalysis()], videoAnalysis({ beats })) };
}

describe("a prompt for Gemini Omni", () => {
  test("asks for a single continuous shot, because the model cuts by itself", () => {
    const [prompt] = promptsOf();
    expect(prompt).toContain("a single continuous shot of 7 seconds framed for 16:9, no scene cuts");
  });

  test("is cut where the customer asks for cuts, and not where they ask for none", () => {
    expect(promptsOf({ additionalPrompt: "A montage with quick cuts." })[0]).not.toContain("no scene cuts");
    expect(promptsOf({ additionalPrompt: "One flowing move without cuts." })[0]).toContain("no scene cuts");
  });

  test("names the pictures by their tags, and what must not be seen as sentences of its own", () => {
    const [prompt] = promptsOf();
    expect(prompt).toContain("<IMAGE_REF_0>: the ring from the front.");
    expect(prompt).toContain("<IMAGE_REF_1>: the ring from the side.");
    expect(prompt).not.toContain("<IMAGE_REF_2>");
    expect(prompt).not.toContain("Avoid:");
    expect(prompt).toContain("No sudden cuts, no warped shapes, no captions, no watermarks.");
  });

  test("gives each move of the reference video its seconds in the clip", () => {
    const [prompt] = promptsOf(following(beat(0, 4, "slow push-in"), beat(4, 14, "quarter orbit")));
    expect(prompt).toContain("[0-2s] slow push-in, [2-7s] quarter orbit");
  });

  test("of one of several shots has the moves of its own time, counted from its beginning", () => {
    const prompts = promptsOf({
      ...following(beat(0, 10, "slow push-in"), beat(10, 16, "quarter orbit"), beat(16, 20, "pull-back")),
      segments: [clip(10), clip(10)],
    });
    expect(prompts[0]).toContain("[0-10s] slow push-in");
    expect(prompts[0]).not.toContain("quarter orbit");
    expect(prompts[1]).toContain("[0-6s] quarter orbit, [6-10s] pull-back");
  });

  test("follows a move also where it goes on from the shot before, as far as it reaches", () => {
    const prompts = promptsOf({
      ...following(beat(0, 2.7, "slow push-in"), beat(2.7, 5.4, "quarter orbit"), beat(5.4, 8, "close-up")),
      segments: [clip(8), clip(8), clip(8)],
    });
    expect(prompts[0]).toContain("[0-8s] slow push-in");
    expect(prompts[1]).toContain("[0-8s] quarter orbit");
    expect(prompts[2]).toContain("[0-8s] close-up");
    const long = promptsOf({ ...following(beat(0, 20, "one long glide")), segments: [clip(10), clip(10)] });
    expect(long[1]).toContain("[0-10s] one long glide");
  });

  test("that goes on says so without cuts", () => {
    const segments = [clip(10), { kind: "extend", seconds: 6, shownSeconds: 6 } as const];
    expect(promptsOf({ segments })[1]).toContain("the same single continuous shot goes on for 6 more seconds");
  });
});

test("who writes the prompt is told for which model", () => {
  expect(instructionsFor(promptOrder({ style: "omni" }))).toContain("Gemini Omni Flash");
  expect(instructionsFor(promptOrder())).toContain("Veo 3.1");
});
