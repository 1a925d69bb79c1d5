import { expect, test } from "vitest";
import { cleanCuts, samplesForFrames } from "../../src/video/finish/cut-points.ts";

/** I P B b b, then P B b b again and again: as which frame each sample is shown. */
function pyramid(groups: number): number[] {
  return [0, ...Array.from({ length: groups }, (_, group) => [4, 2, 1, 3].map((rank) => group * 4 + rank)).flat()];
}

test("a pyramid is cut cleanly behind each of its groups", () => {
  expect(cleanCuts(pyramid(3), 13)).toEqual([1, 5, 9, 13]);
});

test("frames that do not refer forward are cut cleanly anywhere", () => {
  expect(cleanCuts([0, 1, 2, 3], 4)).toEqual([1, 2, 3, 4]);
});

test("groups of different lengths are each cut behind their own end", () => {
  expect(cleanCuts([0, 3, 1, 2, 5, 4, 6], 7)).toEqual([1, 4, 6, 7]);
});

test("a clip is not cut behind frames that it hides itself", () => {
  expect(cleanCuts([0, 4, 2, 1, 3, 8, 6, 5], 6)).toEqual([1, 5]);
});

test("up to any frame, no more is kept than the last frame that is needed", () => {
  const ranks = pyramid(2);
  expect([1, 2, 3, 4, 5, 6, 7, 8, 9].map((frames) => samplesForFrames(ranks, frames))).toEqual(
    // Frame 1 is decoded after frames 4 and 2; with frame 3 the group is complete.
    [1, 4, 4, 5, 5, 8, 8, 9, 9],
  );
});

test("everything that is shown is kept, for every number of frames", () => {
  const ranks = pyramid(10);
  for (let frames = 1; frames <= ranks.length; frames++) {
    const kept = ranks.slice(0, samplesForFrames(ranks, frames));
    expect(kept.filter((rank) => rank < frames)).toHaveLength(frames);
    expect(kept.at(-1)).toBeLessThan(frames);
  }
});
