import { describe, expect, it } from "vitest";
import { mergeAnalyses } from "../../src/analysis/merge.ts";
import { estimateTokens, promptTokensBudget } from "../../src/prompt/budget.ts";
import { composeStoryboard } from "../../src/prompt/compose.ts";
import type { StoryboardDraft } from "../../src/prompt/draft.ts";
import type { PromptOrder } from "../../src/prompt/order.ts";
import { useCases } from "../../src/use-case.ts";
import { imageAnalysis, videoAnalysis } from "../support/analyses.ts";
import { clips, promptOrder, shotDraft, shotDrafts, storyboardDraft, take } from "../support/prompt-order.ts";

/** The prompts of a draft that has words of its own for each segment, unless other shots are given. */
function promptsOf(order: Partial<PromptOrder>, draft: Partial<StoryboardDraft> = {}): readonly string[] {
  const full = promptOrder(order);
  const outcome = composeStoryboard(storyboardDraft({ shots: shotDrafts(full.segments.length), ...draft }), full);
  return outcome.ok ? outcome.value : [`fault: ${outcome.fault.kind}`];
}

const shared = [
  "one continuous 8-second shot framed for 16:9, no cuts, on a 40 mm lens",
  "An emerald ring in yellow gold.",
  "It lies on pale stone.",
  "Daylight falls from the left. Soft daylight from one side with gentle natural contrast.",
  "Reference picture 1: the ring from the front. Reference picture 2: the ring from the side.",
  "Keep exactly as in the reference pictures: four-prong setting; oval cut.",
  'The lettering stays exactly as written: "750".',
  "Avoid: sudden cuts, warped shapes, captions, watermarks.",
];

describe("a storyboard of shots", () => {
  it.each([2, 3, 8])("says in %i prompts the same of subject, setting, light and what must stay", (count) => {
    const prompts = promptsOf({ segments: clips(count) });
    expect(prompts).toHaveLength(count);
    for (const prompt of prompts) for (const sentence of shared) expect(prompt).toContain(sentence);
  });

  it("has each shot's own action and camera in its prompt only, and no word about the others", () => {
    const prompts = promptsOf({ segments: clips(3) });
    prompts.forEach((prompt, index) => {
      for (const [at, side] of ["a", "b", "c"].entries()) {
        expect(prompt.includes(`Facet ${side} lights up. `)).toBe(at === index);
        expect(prompt.includes(`A shot from side ${side} glides. `)).toBe(at === index);
      }
      expect(prompt).not.toMatch(/shot \d|\bof 3\b|as before|previous|next/i);
    });
  });

  it("leaves the house's one camera move and its music to videos of one shot", () => {
    const prompts = promptsOf({ segments: clips(2), useCase: "luxury_brand" });
    expect(prompts.join()).not.toMatch(/weightless dolly|felt piano/);
    for (const prompt of prompts) expect(prompt).toContain("Ambience: A large quiet room, with the rustle of fabric.");
  });

  it("lets a wish for one shot's camera and sound overrule the house in that shot alone", () => {
    const shots = ["a", "b"].map((action) => shotDraft({ action, camera: "", pace: "", sound: "" }));
    const additionalPrompt = "First the box opens, then the camera orbits the ring to loud music.";
    const [first, second] = promptsOf({ segments: clips(2), additionalPrompt }, { shots });
    const house = promptsOf({ segments: clips(2) }, { shots });
    const sentence = (prompt: string | undefined, sign: RegExp) => prompt?.split(". ").find((part) => sign.test(part));
    expect(sentence(first, /^Sound/)).toBe(sentence(house[0], /^Sound/));
    expect(sentence(second, /^Sound/)).toBeUndefined();
    expect(first).toContain(house[0]?.split(". ")[1]);
    expect(second).not.toContain(house[1]?.split(". ")[1]);
  });

  it("keeps a list of details short, however long the model makes it", () => {
    const keep = Array.from({ length: 200 }, (_, index) => `detail number ${index} of the setting`);
    const [prompt] = promptsOf({ segments: clips(1) }, { keep, shots: [shotDraft()] });
    expect(prompt).toContain("detail number 7 of the setting");
    expect(prompt).not.toContain("detail number 8 of the setting");
  });

  it("films what the model left blank in a way of its own for each shot", () => {
    const shots = ["a", "b", "c"].map((action) => shotDraft({ action, camera: "", pace: " ", sound: "" }));
    const prompts = promptsOf({ segments: clips(3) }, { shots });
    const own = prompts.map((prompt) =>
      prompt.split(". ").filter((part) => /camera|close-up|view|^Pace|^Sound/.test(part))
    );
    expect(own.map((parts) => parts.length)).toEqual([3, 3, 3]);
    expect(new Set(own.flat()).size).toBe(9);
  });

  it("holds still in each shot whose end is cut off, from a whole second on", () => {
    for (const prompt of promptsOf({ segments: clips(3, 20 / 3) })) {
      expect(prompt).toMatch(/\[00:00-00:06\] Facet . lights up\. \[00:06-00:08\] The action is complete/);
    }
  });

  it("is composed for the square in every shot", () => {
    for (const prompt of promptsOf({ segments: clips(2), framing: "1:1" })) {
      expect(prompt).toContain("framed for 9:16");
      expect(prompt).toContain("Composed for a square");
    }
  });

  it("gives each shot the moves that the reference video makes at that time", () => {
    const beats = [0, 5].map((start_seconds) => ({
      start_seconds,
      end_seconds: start_seconds + 5,
      what_happens: "",
      camera: `move ${start_seconds}`,
    }));
    const merged = mergeAnalyses([imageAnalysis()], videoAnalysis({ beats }));
    const prompts = promptsOf({ segments: clips(4), merged, imageCount: 1 });
    expect(prompts.map((prompt) => /follow the reference video: ([^.]*)/.exec(prompt)?.[1])).toEqual([
      "slow pace, move 0",
      "slow pace",
      "slow pace, move 5",
      "slow pace",
    ]);
  });

  it.each<[string, Partial<StoryboardDraft>]>([
    ["a shot is missing", { shots: shotDrafts(2) }],
    ["there is a shot too many", { shots: shotDrafts(4) }],
    ["the same shot comes twice", { shots: [...shotDrafts(2), ...shotDrafts(1)] }],
    ["a shot is in Russian", { shots: [...shotDrafts(2), shotDraft({ sound: "Тихая музыка" })] }],
    ["a shot's wish is in Russian", { shots: [...shotDrafts(2), shotDraft({ wishes: ["снег"] })] }],
  ])("is off the schema when %s", (_name, draft) => {
    expect(promptsOf({ segments: clips(3) }, draft)).toEqual(["fault: off_schema"]);
  });
});

describe("a single take", () => {
  const prompts = promptsOf({ segments: take(2, 5), useCase: "luxury_brand" });

  it("begins with the pictures and stays in motion to be continued", () => {
    expect(prompts[0]).toContain("one continuous 8-second shot framed for 16:9, no cuts");
    expect(prompts[0]).toContain("Reference picture 1: ");
    expect(prompts[0]).toContain("still in motion in the last second");
  });

  it("goes on with the same subject, place and details, without pictures and without a cut", () => {
    for (const prompt of prompts.slice(1)) {
      expect(prompt).toContain("the same take goes on for 7 more seconds framed for 16:9, unbroken, no cuts");
      expect(prompt).toContain("Camera, subject and light continue from exactly where they are.");
      expect(prompt).toContain("An emerald ring in yellow gold.");
      expect(prompt).toContain("It lies on pale stone.");
      expect(prompt).toContain("Keep exactly as it is: four-prong setting; oval cut.");
      expect(prompt).not.toMatch(/reference picture/i);
    }
  });

  it("comes to rest at its end only, within what is shown of it", () => {
    expect(prompts[1]).toContain("still in motion in the last second");
    expect(prompts[2]).not.toContain("in motion");
    expect(prompts[2]).toContain("complete within the first 5 seconds; then camera and subject hold calmly still");
    expect(promptsOf({ segments: take(1, 1) })[1]).toContain("complete within the first second;");
    expect(promptsOf({ segments: take(1) })[1]).not.toContain("complete");
  });
});

describe("the user's wishes in a storyboard", () => {
  it("stand in every prompt where they hold for the whole film, else in their shot's", () => {
    const [first, second, third] = shotDrafts(3);
    const shots = [first, { ...second, wishes: ["the lid opens."] }, third].map((shot) => shotDraft(shot));
    const additionalPrompt = "Golden evening mood, then the lid opens.";
    const prompts = promptsOf({ segments: clips(3), additionalPrompt }, { wishes: ["Golden evening mood"], shots });
    expect(prompts.map((prompt) => /as asked: ([^.]*)/.exec(prompt)?.[1])).toEqual([
      "Golden evening mood",
      "Golden evening mood; the lid opens",
      "Golden evening mood",
    ]);
  });

  it("are spread over the shots by plain code where the model left a sequence as it was", () => {
    const additionalPrompt =
      'Warm light! First the lid opens, then the ring rises, and at the end "so, then: Love" appears.';
    const prompts = promptsOf({ segments: clips(3), additionalPrompt }, { wishes: [additionalPrompt] });
    expect(prompts.map((prompt) => /as asked: (.*?)\. Facet/.exec(prompt)?.[1])).toEqual([
      "Warm light; the lid opens",
      "Warm light; the ring rises",
      'Warm light; "so, then: Love" appears',
    ]);
  });

  it("come back in the user's words where the model lost some", () => {
    const additionalPrompt = "Snow falls outside. Finally the box closes.";
    const prompts = promptsOf({ segments: clips(2), additionalPrompt }, { wishes: ["it is snowing outside"] });
    expect(prompts[0]).toMatch(/as asked: it is snowing outside\. /);
    expect(prompts[1]).toContain("as asked: it is snowing outside; the box closes. ");
  });

  it("keep quoted words letter by letter, once, when the model's English lost them", () => {
    const additionalPrompt = "закат, на коробке «Навсегда», голос говорит «С праздником»";
    const wishes = ["a sunset", 'the box says "Навсегда"'];
    const prompts = promptsOf({ segments: clips(3), additionalPrompt }, { wishes });
    expect(prompts.every((prompt) => prompt.includes('a sunset; the box says "Навсегда"'))).toBe(true);
    expect(prompts.map((prompt) => prompt.includes('"С праздником" exactly as written'))).toEqual([false, false, true]);
  });

  it("make the draft unusable when it lost all of them", () => {
    expect(promptsOf({ segments: clips(2), additionalPrompt: "медленный облёт" })).toEqual(["fault: off_schema"]);
  });
});

describe("the budget of a storyboard", () => {
  const long = (name: string) =>
    `${name} ${"of a long and winding thought that takes its time to end ".repeat(3)}`.trim();
  const shots = shotDrafts(8).map(({ action, camera }) =>
    shotDraft({ action: long(action), camera: long(camera), pace: long("Pace"), sound: long("Sound") })
  );
  const draft = { shots, setting: long("SETTING"), light: long("LIGHT") };
  const additionalPrompt = "the sea glitters far below the ring and gulls cross the sky ".repeat(34).slice(0, 2_000)
    .trim();

  it.each(useCases)("is kept by every prompt, with the longest wishes, a square and cut ends: %s", (useCase) => {
    for (const segments of [clips(8, 7.5), take(7, 4)]) {
      const order = { useCase, segments, additionalPrompt, framing: "1:1" as const };
      const prompts = promptsOf(order, { ...draft, wishes: [additionalPrompt] });
      expect(prompts).toHaveLength(8);
      for (const prompt of prompts) {
        expect(estimateTokens(prompt)).toBeLessThanOrEqual(promptTokensBudget(1_024));
        expect(prompt).toContain(additionalPrompt);
        expect(prompt).toContain("An emerald ring");
      }
    }
  });

  it("takes a shared sentence from all prompts or from none", () => {
    const uneven = shots.map((shot, index) => index === 2 ? { ...shot, action: long("x ".repeat(600)) } : shot);
    const prompts = promptsOf({ segments: clips(8) }, { ...draft, shots: uneven });
    for (
      const sentence of ["SETTING", "LIGHT", "Soft daylight from one side", "A believable everyday place", "Avoid:"]
    ) {
      const having = prompts.filter((prompt) => prompt.includes(sentence)).length;
      expect([0, 8]).toContain(having);
    }
    expect(prompts.every((prompt) => !prompt.includes("SETTING"))).toBe(true);
  });
});
