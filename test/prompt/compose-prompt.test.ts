import { describe, expect, it } from "vitest";
import { mergeAnalyses } from "../../src/analysis/merge.ts";
import { estimateTokens, promptTokensBudget } from "../../src/prompt/budget.ts";
import { composeStoryboard } from "../../src/prompt/compose.ts";
import type { ShotDraft, StoryboardDraft } from "../../src/prompt/draft.ts";
import { houseRules } from "../../src/prompt/house-rules.ts";
import type { PromptOrder } from "../../src/prompt/order.ts";
import { useCases } from "../../src/use-case.ts";
import { imageAnalysis, videoAnalysis } from "../support/analyses.ts";
import { clips, promptOrder, shotDraft, storyboardDraft } from "../support/prompt-order.ts";

/** The prompt of a video of one shot. */
function promptOf(draft: Partial<StoryboardDraft & ShotDraft> = {}, order: Partial<PromptOrder> = {}): string {
  const { action, camera, pace, sound, ...shared } = draft;
  const own = Object.entries({ action, camera, pace, sound }).filter(([, text]) => text !== undefined);
  const shots = [shotDraft(Object.fromEntries(own))];
  const outcome = composeStoryboard(storyboardDraft({ shots, ...shared }), promptOrder(order));
  if (!outcome.ok) return `fault: ${outcome.fault.kind}`;
  expect(outcome.value).toHaveLength(1);
  return outcome.value[0] ?? "";
}

function words(prompt: string): Set<string> {
  return new Set(prompt.toLowerCase().match(/[a-z]+/g));
}

describe("the prompt of one shot", () => {
  it("goes through the film in the order Google advises", () => {
    const prompt = promptOf({ wishes: ["x"] }, { additionalPrompt: "gold dust falls" });
    const order = [
      "one continuous 8-second shot framed for 16:9, no cuts",
      "A close shot",
      "An emerald ring",
      "gold dust falls",
      "turns once",
      "pale stone",
      "Daylight falls",
      "The move is slow",
      "Reference picture 1: the ring from the front.",
      "Reference picture 2: the ring from the side.",
      "Keep exactly as in the reference pictures: four-prong setting; oval cut.",
      'exactly as written: "750".',
      "Sound: A soft hum rises.",
      "Ambience: The natural sounds",
    ].map((part) => prompt.indexOf(part));
    expect(order).not.toContain(-1);
    expect(order).toEqual([...order].sort((first, second) => first - second));
  });

  it("differs clearly from use case to use case, even when the model's draft does not", () => {
    const prompts = useCases.map((useCase) => words(promptOf({}, { useCase })));
    prompts.forEach((mine, index) => {
      const others = new Set(prompts.flatMap((prompt, other) => other === index ? [] : [...prompt]));
      expect([...mine].filter((word) => !others.has(word)).length).toBeGreaterThan(15);
    });
  });

  it("lets the reference video lead the camera and the pace", () => {
    const merged = mergeAnalyses([imageAnalysis()], videoAnalysis());
    const prompt = promptOf({}, { merged, useCase: "hero_image", imageCount: 1 });
    expect(prompt).toContain("follow the reference video: slow pace, slow orbit left, push-in.");
    expect(prompt).not.toContain("pushes in by a hand's breadth");
    expect(prompt).not.toContain("Held breath");
    expect(prompt).toContain("35 mm lens");
  });

  it("makes sentences of the phrases a model writes", () => {
    expect(promptOf({ subject: " an opal brooch " })).toContain(" An opal brooch. ");
  });

  it("has one sentence for each picture that goes along, however many the model wrote", () => {
    const merged = mergeAnalyses([imageAnalysis(), imageAnalysis(), imageAnalysis({ camera: "macro" })], null);
    const prompt = promptOf({ references: ["the front"] }, { merged, imageCount: 3 });
    expect(prompt).toContain("Reference picture 1: the front.");
    expect(prompt).toContain("Reference picture 3: an emerald ring, macro.");
    expect(promptOf({ references: ["a", "b", "c"] }, { imageCount: 1 })).not.toContain("Reference picture 2");
  });

  it("keeps lettering letter by letter, in any script and with marks of its own", () => {
    const merged = mergeAnalyses([imageAnalysis({ legible_text: ["Сделано в СССР", 'the "one"'] })], null);
    const prompt = promptOf({}, { merged });
    expect(prompt).toContain('"Сделано в СССР", "the ″one″".');
  });

  it("names the details the analysis found and the model forgot", () => {
    const merged = mergeAnalyses([imageAnalysis({ must_not_change: ["Four-prong setting", "milgrain edge"] })], null);
    expect(promptOf({}, { merged })).toContain("Also unchanged: milgrain edge.");
    expect(promptOf({ keep: [] }, { merged })).toContain("pictures: Four-prong setting; milgrain edge.");
  });

  it("says a house rule once when the model only repeated it", () => {
    const { light, sound } = houseRules.general;
    const prompt = promptOf({ light: `${light}.`, sound });
    expect(prompt.split(light)).toHaveLength(2);
    expect(prompt.split(sound)).toHaveLength(2);
  });
});

describe("a clip whose end is cut off", () => {
  it("has done everything by then and holds still", () => {
    const prompt = promptOf({}, { segments: clips(1, 5) });
    expect(prompt).toContain(
      "[00:00-00:05] The ring turns once and catches the light. [00:05-00:08] The action is complete",
    );
    expect(promptOf({}, { segments: clips(1, 20 / 3) })).toContain("[00:00-00:06] The ring");
    expect(promptOf()).not.toMatch(/\[00|complete/);
  });
});

describe("a square", () => {
  it("is asked for as the middle of a tall frame", () => {
    const prompt = promptOf({}, { framing: "1:1" });
    expect(prompt).toContain("framed for 9:16");
    expect(prompt).toContain("Composed for a square: everything that matters stays within the middle square");
    expect(promptOf({}, { framing: "9:16" })).not.toContain("square");
  });
});

describe("the user's wishes", () => {
  it("stand in the prompt word for word when they are English, even if the model forgot them", () => {
    const additionalPrompt = "Slow orbit; sparkle on the facets!\nFeels like early morning.";
    expect(promptOf({ wishes: [] }, { additionalPrompt })).toContain(`Above all, as asked: ${additionalPrompt}`);
  });

  it("stand in the prompt in the model's English otherwise, with quoted words as they are", () => {
    const prompt = promptOf({ wishes: ['the word "Гранат" glows', "snow falls."] }, {
      additionalPrompt: "надпись «Гранат» светится, идёт снег, и ещё «Мир»",
    });
    expect(prompt).toContain('as asked: the word "Гранат" glows; snow falls; with the words "Мир" exactly as written.');
  });

  it("silence the house rules on what they speak about", () => {
    const prompt = promptOf({}, { useCase: "luxury_brand", additionalPrompt: "neon light, no music" });
    expect(prompt).not.toContain("sheer curtains");
    expect(prompt).not.toContain("felt piano");
    expect(prompt).toContain("weightless dolly");
  });

  it("make the draft unusable when the model lost them", () => {
    expect(promptOf({ wishes: [" "] }, { additionalPrompt: "медленный облёт" })).toBe("fault: off_schema");
  });
});

describe("a draft that cannot be used", () => {
  it.each<[string, Partial<StoryboardDraft & ShotDraft>]>([
    ["no subject", { subject: " " }],
    ["another script", { camera: "Ближний план", action: "Кольцо вращается" }],
    ["another script among the wishes", { wishes: ["медленно"] }],
    ["a subject longer than the whole prompt may be", { subject: "gem ".repeat(1_000) }],
  ])("is off the schema: %s", (_name, draft) => {
    expect(promptOf(draft)).toBe("fault: off_schema");
  });

  it("is not one with another script in quotation marks", () => {
    expect(promptOf({ action: 'The lid says "Гранат"' })).toContain('The lid says "Гранат".');
  });
});

describe("the budget", () => {
  const long = (word: string) => `${word} ${"and then some more words ".repeat(40)}`;

  it("is kept by leaving out what matters least, never subject, wishes and what must stay", () => {
    const additionalPrompt = "the ring floats over the sea ".repeat(20).trim();
    const prompt = promptOf({ setting: long("SETTING"), light: long("LIGHT"), sound: long("SOUND") }, {
      additionalPrompt,
    });
    expect(estimateTokens(prompt)).toBeLessThanOrEqual(promptTokensBudget(1_024));
    expect(prompt).not.toMatch(/LIGHT|SOUND/);
    for (const kept of ["An emerald ring", additionalPrompt, "oval cut", '"750"', "40 mm lens"]) {
      expect(prompt).toContain(kept);
    }
  });

  it("holds with the longest additional text a client may send", () => {
    const additionalPrompt = "a quick brown fox jumps over the lazy dog ".repeat(50).slice(0, 2_000).trim();
    const prompt = promptOf({}, { additionalPrompt });
    expect(prompt).toContain(additionalPrompt);
    expect(estimateTokens(prompt)).toBeLessThanOrEqual(promptTokensBudget(1_024));
  });

  it("makes do with the model's wording of wishes that are too long as they are", () => {
    const prompt = promptOf({ wishes: ["the digits of pi"] }, { additionalPrompt: "31415926535".repeat(150) });
    expect(prompt).toContain("as asked: the digits of pi");
  });

  it("cuts a label's small print before the film", () => {
    const legible_text = Array.from({ length: 80 }, (_, index) => `INGREDIENT NUMBER ${index}`);
    const prompt = promptOf({}, { merged: mergeAnalyses([imageAnalysis({ legible_text })], null) });
    expect(prompt).toContain('"INGREDIENT NUMBER 0"');
    expect(prompt).toContain("all other lettering as in the reference pictures");
    expect(estimateTokens(prompt)).toBeLessThanOrEqual(promptTokensBudget(1_024));
  });

  it("is never met by counting too little: an estimate exceeds a token for every word, digit and letter", () => {
    expect(estimateTokens("photorealistic")).toBe(4);
    expect(estimateTokens("a ring, 18 k")).toBe(6);
    expect(estimateTokens("кольцо")).toBe(6);
    expect(estimateTokens("💍")).toBe(4);
    expect(estimateTokens("  \n")).toBe(0);
  });
});
