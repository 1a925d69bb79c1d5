import { describe, expect, it } from "vitest";
import { mergeAnalyses } from "../../src/analysis/merge.ts";
import { mergedAnalysisSchema } from "../../src/analysis/schema.ts";
import { imageAnalysis, videoAnalysis } from "../support/analyses.ts";

describe("merging several pictures", () => {
  it("shares what at least two show, whatever its case and spacing, best supported first", () => {
    const merged = mergeAnalyses([
      imageAnalysis({ materials: ["Emerald", "yellow  gold", "velvet"] }),
      imageAnalysis({ materials: ["yellow gold", "diamond"] }),
      imageAnalysis({ materials: ["diamond", "Yellow Gold", "emerald ", "yellow gold"] }),
    ], null);
    expect(merged.shared.materials).toEqual(["yellow  gold", "Emerald", "diamond"]);
  });

  it("takes colours of one name for one, with the hex said first", () => {
    const merged = mergeAnalyses([
      imageAnalysis({ colours: [{ name: "Gold", hex: "#d4af37" }, { name: "black", hex: "#000000" }] }),
      imageAnalysis({ colours: [{ name: "gold", hex: "#cfa93a" }] }),
    ], null);
    expect(merged.shared.colours).toEqual([{ name: "Gold", hex: "#d4af37" }]);
    expect(merged.additions[0]?.adds).toContain("black");
  });

  it("unites all lettering letter by letter: another case is another reading", () => {
    const merged = mergeAnalyses([
      imageAnalysis({ legible_text: ["Сделано в СССР", "VVS1"] }),
      imageAnalysis({ legible_text: ["vvs1", "VVS1"] }),
    ], null);
    expect(merged.shared.legible_text).toEqual(["VVS1", "Сделано в СССР", "vvs1"]);
  });

  it("unites what must not change, without repeating it", () => {
    const merged = mergeAnalyses([
      imageAnalysis({ must_not_change: ["four-prong setting", "oval cut"] }),
      imageAnalysis({ must_not_change: ["Oval  cut", "hallmark inside", " "] }),
    ], null);
    expect(merged.must_not_change).toEqual(["oval cut", "four-prong setting", "hallmark inside"]);
  });

  it("names the subject as most do, or as the first does when all differ", () => {
    const subjects = (...names: string[]) =>
      mergeAnalyses(names.map((subject) => imageAnalysis({ subject })), null).subject;
    expect(subjects("a ring", "an emerald ring", "An emerald  ring")).toBe("an emerald ring");
    expect(subjects("a ring", "a band", "a jewel")).toBe("a ring");
    expect(subjects("", "a band")).toBe("a band");
  });

  it("tells in which aspects they differ, with each picture's own word, and stays silent where they agree", () => {
    const merged = mergeAnalyses([
      imageAnalysis({ camera: "eye level", mood: "Calm" }),
      imageAnalysis({ camera: "macro", mood: "calm" }),
      imageAnalysis({ camera: "", mood: " calm " }),
    ], null);
    expect(merged.differences).toEqual([
      { aspect: "camera", values: [{ image: 1, value: "eye level" }, { image: 2, value: "macro" }] },
    ]);
  });

  it("tells what only one picture adds, and what that picture is", () => {
    const merged = mergeAnalyses([
      imageAnalysis(),
      imageAnalysis({
        subject: "the ring's inside",
        camera: "macro",
        legible_text: ["750", "K&S"],
        materials: ["steel"],
      }),
    ], null);
    expect(merged.additions[1]).toEqual({
      image: 2,
      role: "the ring's inside, macro",
      adds: ["steel", 'the lettering "K&S"'],
    });
    expect(merged.additions[0]?.adds).toEqual(["yellow gold", "emerald"]);
  });
});

describe("merging one picture", () => {
  it("shares all it shows and finds neither differences nor additions", () => {
    const merged = mergeAnalyses([imageAnalysis()], null);
    expect(merged.shared).toEqual({
      materials: ["yellow gold", "emerald"],
      colours: [{ name: "green", hex: "#0a7a4b" }],
      legible_text: ["750"],
    });
    expect(merged.differences).toEqual([]);
    expect(merged.additions).toEqual([{ image: 1, role: "an emerald ring, eye level, 85 mm", adds: [] }]);
    expect(merged.motion).toBeNull();
  });

  it("gives what the schema of a merged analysis says, with the video's motion in it", () => {
    const merged = mergeAnalyses([imageAnalysis(), imageAnalysis({ mood: "bright" })], videoAnalysis());
    expect(mergedAnalysisSchema.parse(merged)).toEqual(merged);
    expect(merged.motion).toMatchObject({ pace: "slow", camera_moves: ["slow orbit left", "push-in"] });
  });
});
