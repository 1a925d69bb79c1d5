/** What a prompt is written from, and a draft of it, to begin with; a test says only what matters to it. */
import { mergeAnalyses } from "../../src/analysis/merge.ts";
import type { PromptOrder, VideoPromptDraft } from "../../src/prompt/draft.ts";
import { imageAnalysis } from "./analyses.ts";

export function promptOrder(part: Partial<PromptOrder> = {}): PromptOrder {
  return {
    merged: mergeAnalyses([imageAnalysis(), imageAnalysis({ subject: "the ring from the side" })], null),
    useCase: "general",
    additionalPrompt: "",
    aspectRatio: "16:9",
    seconds: 8,
    tokensMaximum: 1_024,
    imageCount: 2,
    ...part,
  };
}

export function promptDraft(part: Partial<VideoPromptDraft> = {}): VideoPromptDraft {
  return {
    subject: "An emerald ring in yellow gold",
    action: "The ring turns once and catches the light",
    setting: "It lies on pale stone",
    light: "Daylight falls from the left",
    camera: "A close shot moves in",
    pace: "The move is slow",
    sound: "A soft hum rises.",
    references: ["the ring from the front", "Reference picture 2: the ring from the side."],
    keep: ["four-prong setting", "oval cut"],
    wishes: [],
    ...part,
  };
}
