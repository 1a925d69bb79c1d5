/**
 * Runs after nearly all others: what the service answered in the whole suite is what its description says, and what the
 * description says was answered. Run alone, it looks at the answers to the examples.
 */
import { describe, expect, test } from "vitest";
import { health } from "../../scripts/describe-api/examples/offers.ts";
import { problemExamples } from "../../scripts/describe-api/examples/problems.ts";
import type { RequestErrorCode } from "../../src/errors.ts";
import { type ObservedAnswer, observedAnswers, observedFiles } from "../support/observed-answers.ts";
import { describedPlace, describedPlaces, differences } from "./described-answers.ts";

declare global {
  interface ImportMeta {
    /** Vite's, as far as it is used here: the files by their paths. */
    readonly glob: (patterns: readonly string[]) => Readonly<Record<string, unknown>>;
  }
}

/** All files of tests that run here before this one. */
const filesOfTheSuite = Object.keys(import.meta.glob(["../**/*.test.ts", "!../browser/**", "!../library/**"]))
  .filter((path) => !path.includes("/secrecy/") && !path.includes("answers-are-as-described"));

const isWholeSuite = observedFiles() > filesOfTheSuite.length;

/** Described, and not to be seen here: why not. */
const notSeen: Readonly<Record<string, string>> = {
  "generate 413": "An upload of more than 160 MB; test/references sends one to what reads it.",
};
const sharedNotSeen: Readonly<Record<string, string>> = {
  "405": "Said to other methods, which are no operations; it is looked at as an answer to none.",
  "500": "Nobody knows how to bring it about.",
};

test("every answer was as described: address, method, status, headers, type and body", () => {
  const found = observedAnswers().flatMap(differences);
  expect([...new Set(found)].slice(0, 40)).toEqual([]);
});

test.runIf(isWholeSuite)("every status of every operation was seen", () => {
  const seen = new Set(observedAnswers().map(describedPlace));
  const unseen = describedPlaces().filter(({ place, isShared }) =>
    !isShared && !seen.has(place) && !(place in notSeen)
  );
  expect(unseen.map(({ place }) => place)).toEqual([]);
});

test.runIf(isWholeSuite)("every answer that routes have in common was seen of one of them", () => {
  const statusOf = (place: string | null) => place?.split(" ")[1];
  const seen = new Set(observedAnswers().map((answer) => statusOf(describedPlace(answer))));
  const shared = describedPlaces().filter(({ isShared }) => isShared).map(({ place }) => statusOf(place));
  const unseen = [...new Set(shared)].filter((status = "") => !seen.has(status) && !(status in sharedNotSeen));
  expect(unseen).toEqual([]);
});

describe("an answer that is not as described would be found", () => {
  const headers = new Map([["content-type", "application/json"], ["cache-control", "no-store"]]);
  const usual = { method: "GET", path: "/health", status: 200, headers, body: JSON.stringify(health) };

  test.each<[string, Partial<ObservedAnswer>, RegExp]>([
    ["with another status", { status: 299 }, /status/],
    ["at another address", { path: "/healthy" }, /not described/],
    ["to another method", { method: "PUT" }, /not described/],
    [
      "without a header that it always has",
      { headers: new Map([["content-type", "application/json"]]) },
      /cache-control/,
    ],
    ["with a header of its own", { headers: new Map([...headers, ["surprise", "1"]]) }, /surprise/],
    ["of another type", { headers: new Map([...headers, ["content-type", "text/html"]]) }, /text\/html/],
    ["without a member", { body: JSON.stringify({ ...health, models: undefined }) }, /models/],
    ["with a member of its own", { body: JSON.stringify({ ...health, surprise: 1 }) }, /surprise/],
    ["with another value", { body: JSON.stringify({ ...health, video_provider: "nobody" }) }, /video_provider/],
    ["with a code of another route", problemOf("wrong_state", 503), /code/],
  ])("%s", (_, change, difference) => {
    expect(differences(usual)).toEqual([]);
    expect(differences({ ...usual, ...change }).join()).toMatch(difference);
  });

  function problemOf(code: RequestErrorCode, status: number): Partial<ObservedAnswer> {
    const type = new Map([["content-type", "application/problem+json"], ["cache-control", "no-store"]]);
    return { status, headers: type, body: JSON.stringify({ ...problemExamples[code], status }) };
  }
});
