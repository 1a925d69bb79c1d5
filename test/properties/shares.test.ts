import { expect, test } from "vitest";
import { shares } from "./support/shares.ts";

/** What was promised to be tried with every run of the tests; each property sends no less than its share. */
const requestsPromised = 20_000;

test("the properties send at least twenty thousand requests together", () => {
  const sum = Object.values(shares).reduce<number>((total, share) => total + share, 0);
  expect(sum).toBeGreaterThanOrEqual(requestsPromised);
});
