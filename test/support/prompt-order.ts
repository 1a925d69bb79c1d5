/** What prompts are written from, and a draft of them, to begin with; a test says only what matters to it. */
import { mergeAnalyses } from "../../src/analysis/merge.ts";
import type { ShotDraft, StoryboardDraft } from "../../src/prompt/draft.ts";
import type { PromptOrder, PromptSegment } from "../../src/prompt/order.ts";
import { imageAnalysis } from "./analyses.ts";

export function promptOrder(part: Partial<PromptOrder> = {}): PromptOrder {
  return {
    merged: mergeAnalyses([imageAnalysis(), imageAnalysis({ subject: "the ring from the side" })], null),
    useCase: "general",
    additionalPrompt: "",
    framing: "16:9",
    style: "veo",
    segments: clips(1),
    tokensMaximum: 1_024,
    imageCount: 2,
    ...part,
  };
}

/** Clips of 8 s that are cut together. */
export function clips(count: number, shownSeconds = 8): PromptSegment[] {
  return Array.from({ length: count }, () => ({ kind: "generate", seconds: 8, shownSeconds }));
}

/** One clip and its extensions, of the last of which only this much is shown, seconds. */
export function take(extensions: number, lastShownSeconds = 7): PromptSegment[] {
  return Array.from({ length: extensions + 1 }, (_, index) => {
    if (index === 0) return { kind: "generate", seconds: 8, shownSeconds: 8 };
    return { kind: "extend", seconds: 7, shownSeconds: index === extensions ? lastShownSeconds : 7 };
  });
}

export function shotDraft(part: Partial<ShotDraft> = {}): ShotDraft {
  return {
    action: "The ring turns once and catches the light",
    camera: "A close shot moves in",
    pace: "The move is slow",
    sound: "A soft hum rises.",
    wishes: [],
    ...part,
  };
}

/** As many shots as asked for, each with words of its own. */
export function shotDrafts(count: number): ShotDraft[] {
  return Array.from({ length: count }, (_, index) =>
    shotDraft({
      action: `Facet ${"abcdefghi"[index]} lights up`,
      camera: `A shot from side ${"abcdefghi"[index]} glides`,
    }));
}

export function storyboardDraft(part: Partial<StoryboardDraft> = {}): StoryboardDraft {
  return {
    subject: "An emerald ring in yellow gold",
    setting: "It lies on pale stone",
    light: "Daylight falls from the left",
    references: ["the ring from the front", "Reference picture 2: the ring from the side."],
    keep: ["four-prong setting", "oval cut"],
    wishes: [],
    shots: [shotDraft()],
    ...part,
  };
}
