import { expect, it } from "vitest";
import { promptProblem } from "../../src/prompt/edited-prompt.ts";

it.each(["A ring turns.", "Кольцо медленно поворачивается на бархате.", "指輪がゆっくり回る"])("takes %s", (text) => {
  expect(promptProblem(text, 1_024)).toBeNull();
});

it("takes what fills the model's limit", () => {
  expect(promptProblem("ring ".repeat(1_024), 1_024)).toBeNull();
});

it.each(["", " \n "])("asks for words when there are none", (text) => {
  expect(promptProblem(text, 1_024)).toContain("The prompt is empty.");
});

it("says how many words are too many", () => {
  expect(promptProblem("ring ".repeat(1_200), 1_024)).toContain("It has 1200 words; take out about 180.");
  expect(promptProblem("кольцо ".repeat(200), 1_024)).toContain("It has 200 words; take out about 30.");
  expect(promptProblem("指輪がゆっくり回る。".repeat(150), 1_024)).toMatch(
    /It has \d{3} words; take out about \d{2,3}\./,
  );
});
