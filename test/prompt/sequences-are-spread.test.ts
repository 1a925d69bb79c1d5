import { describe, expect, it } from "vitest";
import { placeWishes } from "../../src/prompt/sequence.ts";

/** Where the wishes are in a film of four shots: first what holds for all of it. */
function placed(text: string): string[] {
  const { whole, shots } = placeWishes(text, 4);
  return [whole, ...shots].map((wishes) => wishes.join(" | "));
}

describe("a wish", () => {
  it.each([
    ["Warm light. Snow falls at f/2.8; calm", ["Warm light | Snow falls at f/2.8 | calm", "", "", "", ""]],
    ["the box stands next to the ring", ["the box stands next to the ring", "", "", "", ""]],
    ["so that we finally see it, first class", ["", "", "", "", "so that we finally see it, first class"]],
    ["First of all, warm light", ["warm light", "", "", "", ""]],
  ])("without a sequence holds for the whole film, or has its one place: %s", (text, places) => {
    expect(placed(text)).toEqual(places);
  });

  it.each([
    ["first the lid opens, then the ring rises", ["", "the lid opens", "", "", "the ring rises"]],
    [
      "Gold. First it opens. Then it turns and then it glows. Finally it rests",
      ["Gold", "it opens", "it turns", "it glows", "it rests"],
    ],
    ["the logo appears at the end", ["", "", "", "", "the logo appears at the end"]],
    ["at the beginning fog, slow", ["", "fog, slow", "", "", ""]],
    ["the lid opens, then «now, then stop» is said", ["", "the lid opens", "", "", "«now, then stop» is said"]],
  ])("with a sequence is spread from the first shot to the last: %s", (text, places) => {
    expect(placed(text)).toEqual(places);
  });

  it("with more steps than shots loses none", () => {
    const { shots } = placeWishes("a, then b, then c, then d, then e", 2);
    expect(shots).toEqual([["a", "b"], ["c", "d", "e"]]);
  });
});
