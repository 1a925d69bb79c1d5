import { expect, test } from "vitest";
import { createTurns } from "../../src/in-turn.ts";

test("works begin one after the other, and one that fails does not stop the next", async () => {
  const inTurn = createTurns();
  const seen: string[] = [];
  const work = (name: string, failure?: Error) => async () => {
    seen.push(`${name} begins`);
    await Promise.resolve();
    seen.push(`${name} ends`);
    if (failure) throw failure;
    return name;
  };
  const results = await Promise.allSettled([inTurn(work("a")), inTurn(work("b", new Error("b"))), inTurn(work("c"))]);
  expect(seen).toEqual(["a begins", "a ends", "b begins", "b ends", "c begins", "c ends"]);
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
});
