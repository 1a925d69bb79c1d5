import { describe, expect, it } from "vitest";
import { isEnglish, isLatin, quotedWords } from "../../src/prompt/language.ts";

describe("the user's words", () => {
  it.each([
    "slow orbit, warm light",
    "Show the café crème cup with a slow push-in",
    "the engraving says «Навсегда», keep it sharp",
    "Fleur de Lis pendant, La Mer style",
    "8k 60fps",
    "",
  ])("count as English: %s", (text) => {
    expect(isEnglish(text)).toBe(true);
  });

  it.each([
    "медленный облёт вокруг кольца",
    "bitte langsam und mit weichem Licht",
    "caméra lente autour de la bague",
    "cámara lenta",
    "ゆっくり回転",
    "slow orbit вокруг",
  ])("count as another language: %s", (text) => {
    expect(isEnglish(text)).toBe(false);
  });
});

it("finds words in the quotation marks people use, and no apostrophes", () => {
  expect(quotedWords(`say "a", “b”, „c“, «d», 「e」 and it's not 'f'`)).toEqual(["a", "b", "c", "d", "e"]);
});

it("looks for other scripts outside quotation marks only", () => {
  expect(isLatin('the word "Гранат" – déjà vu, 5 µm')).toBe(true);
  expect(isLatin('"надпись "Гранат" крупно"')).toBe(true);
  expect(isLatin('надпись "Гранат"')).toBe(false);
});
