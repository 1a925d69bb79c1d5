/** Which stretches of a video are cut out: what is aimed at, and what keyframes leave of it. */
import { describe, expect, test } from "vitest";
import { chooseStretches } from "../../src/video/excerpts/choose-stretches.ts";

const limits = { countMaximum: 3, secondsMaximum: 3 };

type Pair = readonly [start: number, end: number];

const everySecond = (seconds: number) => Array.from({ length: seconds }, (_, second) => second);

function chosen(beats: readonly Pair[], keyframes: readonly number[], duration: number, given = limits): Pair[] {
  const told = beats.map(([start_seconds, end_seconds]) => ({ start_seconds, end_seconds }));
  return chooseStretches(told, keyframes, duration, given).map(({ start_seconds, end_seconds }) => {
    return [start_seconds, Math.round(end_seconds * 1_000) / 1_000];
  });
}

describe("where every second has a keyframe", () => {
  test("each beat is seen from its beginning", () => {
    expect(chosen([[0, 2], [4, 6], [8, 11]], everySecond(12), 12)).toEqual([[0, 2], [4, 6], [8, 11]]);
  });

  test("of a beat longer than an excerpt its beginning is seen", () => {
    expect(chosen([[0, 4], [4, 8], [8, 12]], everySecond(12), 12)).toEqual([[0, 3], [4, 7], [8, 11]]);
  });

  test("short beats that follow each other share an excerpt", () => {
    const beats: Pair[] = [[0, 1], [1, 2.5], [2.5, 6], [6, 7], [7, 8.5], [8.5, 9]];
    expect(chosen(beats, everySecond(9), 9)).toEqual([[0, 3], [3, 6], [6, 9]]);
  });

  test("short beats with a hole between them do not", () => {
    expect(chosen([[0, 1], [2, 3]], everySecond(9), 9)).toEqual([[0, 1], [2, 3]]);
  });

  test("of more beats than excerpts the first, the last and one between are seen", () => {
    const beats = Array.from({ length: 8 }, (_, index): Pair => [index * 4, index * 4 + 4]);
    expect(chosen(beats, everySecond(32), 32)).toEqual([[0, 3], [16, 19], [28, 31]]);
    expect(chosen(beats, everySecond(32), 32, { countMaximum: 2, secondsMaximum: 3 })).toEqual([[0, 3], [28, 31]]);
    expect(chosen(beats, everySecond(32), 32, { countMaximum: 1, secondsMaximum: 3 })).toEqual([[0, 3]]);
  });

  test("one long beat is seen from its beginning to its end", () => {
    expect(chosen([[0, 8]], everySecond(8), 8)).toEqual([[0, 3], [3, 6], [6, 8]]);
    expect(chosen([[0, 21]], everySecond(21), 21)).toEqual([[0, 3], [9, 12], [18, 21]]);
  });

  test("what is left over goes to the longest beat", () => {
    expect(chosen([[0, 2], [2, 8]], everySecond(8), 8)).toEqual([[0, 2], [2, 5], [5, 8]]);
  });

  test("a video without beats is seen at its beginning, middle and end", () => {
    expect(chosen([], everySecond(20), 20)).toEqual([[0, 3], [8, 11], [17, 20]]);
    expect(chosen([[30, 40]], everySecond(20), 20)).toEqual([[0, 3], [8, 11], [17, 20]]);
  });

  test("a short video is seen as a whole", () => {
    expect(chosen([], everySecond(3), 2.4)).toEqual([[0, 2.4]]);
    expect(chosen([], everySecond(7), 6.2)).toEqual([[0, 3], [3, 6]]);
  });

  test("nothing beyond the last of the beats is seen", () => {
    expect(chosen([[4, 5.5]], everySecond(20), 20)).toEqual([[4, 5.5]]);
  });

  test("an instant is seen with what follows it", () => {
    expect(chosen([[4, 4]], everySecond(20), 20)).toEqual([[4, 4.5]]);
  });
});

describe("where keyframes are rare", () => {
  test("a video with one keyframe gives one excerpt", () => {
    expect(chosen([[0, 2], [2, 5], [5, 8]], [0], 8)).toEqual([[0, 3]]);
    expect(chosen([], [0], 8)).toEqual([[0, 3]]);
  });

  test("beats that no keyframe comes near are not shown by something else", () => {
    expect(chosen([[4, 8]], [0], 8)).toEqual([]);
    expect(chosen([[2.7, 8]], [0], 8)).toEqual([]);
    expect(chosen([[2, 8]], [0], 8)).toEqual([[0, 3]]);
  });

  test("a keyframe a little before a beat is better than one in the middle of it", () => {
    expect(chosen([[4, 9]], [0, 3.8, 6], 9)).toEqual([[3.8, 6], [6, 9]]);
    expect(chosen([[4, 9]], [0, 3.8, 6], 9, { countMaximum: 1, secondsMaximum: 3 })).toEqual([[3.8, 6.8]]);
  });

  test("beats that are seen from one keyframe leave room for what else can be seen", () => {
    expect(chosen([[0, 10], [10, 20], [20, 30]], [0, 6, 14], 30)).toEqual([[0, 3], [6, 9], [14, 17]]);
  });

  test("a stretch ends where the next begins", () => {
    expect(chosen([[0, 2.5], [2.5, 5], [5, 7.5]], [0, 2, 4, 6], 7.5)).toEqual([[0, 2], [2, 4], [4, 7]]);
  });

  test("a stretch that would be shorter than half a second is none", () => {
    expect(chosen([[0, 3.3]], [0, 3], 3.3)).toEqual([[0, 3]]);
  });

  test("a video without a keyframe gives nothing", () => {
    expect(chosen([[0, 3]], [], 8)).toEqual([]);
  });
});

test("whatever the beats and keyframes are, the stretches are in order, short enough and long enough", () => {
  let seed = 7;
  const random = (most: number) => (seed = seed * 48_271 % 2_147_483_647) % Math.round(most * 1_000) / 1_000;
  for (let round = 0; round < 500; round++) {
    const duration = 1 + random(30);
    const keyframes = Array.from({ length: 1 + Math.floor(random(20)) }, () => random(duration)).toSorted((a, b) =>
      a - b
    );
    const beats = Array.from({ length: Math.floor(random(9)) }, (): Pair => [random(40) - 2, random(40)]);
    const stretches = chosen(beats, keyframes, duration);
    expect(stretches.length).toBeLessThanOrEqual(3);
    stretches.forEach(([start, end], index) => {
      expect(keyframes).toContain(start);
      expect(end - start).toBeGreaterThanOrEqual(0.498);
      expect(end - start).toBeLessThanOrEqual(3.002);
      expect(end).toBeLessThanOrEqual(Math.min(duration, stretches[index + 1]?.[0] ?? Infinity) + 0.001);
    });
  }
});
